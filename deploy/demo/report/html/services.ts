/** Colours of the service types, the same in every chart; others share one. */
const KNOWN: Record<string, { className: string; color: string; name: string }> = {
  VOICE: { className: 'voice', color: 'var(--voice)', name: 'Voice' },
  SMS: { className: 'sms', color: 'var(--sms)', name: 'Messages' },
  DATA: { className: 'data', color: 'var(--data)', name: 'Data' },
};

export interface ServiceLook {
  serviceType: string;
  className: string;
  color: string;
  name: string;
}

function lookOf(serviceType: string): ServiceLook {
  const known = KNOWN[serviceType] ?? { className: 'other', color: 'var(--muted)', name: serviceType };
  return { serviceType, ...known };
}

/** Service types in the order in which they first occur. */
export function servicesOf(rows: readonly { serviceType: string }[]): ServiceLook[] {
  return [...new Set(rows.map((row) => row.serviceType))].map(lookOf);
}

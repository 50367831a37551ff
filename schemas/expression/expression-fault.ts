/** What is wrong with an expression's text. Thrown inside the compiler only; `compileExpression` returns it as a value. */
export class ExpressionFault extends Error {
  /** Offset of the fault in the text, in UTF-16 units from 0. */
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

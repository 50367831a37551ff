// Property tests draw the same values in every run, so that a change is judged by what it changes. Another seed explores:
// FC_SEED=random npm test. A failure prints the seed and path that repeat it.
import fc from 'fast-check';

const wanted = process.env.FC_SEED ?? '20261124';
if (wanted !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(wanted) });

/** The command that predicts all samples of a file. */

/** @param run name of the run's folder */
export function answerCommand(run: string, file: string): string {
  return `layerloom predict ${argument(run, '<run>')} ${argument(file, '<file>')} -o answers.csv`
}

/** A name quoted as needed so that it is safe to paste into every shell; a placeholder if that is impossible. */
function argument(name: string, placeholder: string): string {
  if (/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(name)) return name
  return /^[\p{L}\p{N}_(][\p{L}\p{N}_.,()+ -]*$/u.test(name) ? `"${name}"` : placeholder
}

/** What a test run has shown, from vitest's JSON report and its exit code. */

export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly title: string; readonly fullName?: string }[]
  }[]
}

export interface Outcome {
  readonly passed: number
  readonly failed: number
  /** Names of the tests that were left out. */
  readonly skipped: readonly string[]
}

/** A file that could not be loaded counts as one failure, and so does an error outside any test. */
export function readReport(report: VitestReport, exitCode: number | null): Outcome {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const skipped = report.testResults
    .flatMap((file) => file.assertionResults)
    .filter((test) => ['skipped', 'pending', 'todo', 'disabled'].includes(test.status))
    .map((test) => test.fullName ?? test.title)
  const failed = report.numFailedTests + brokenFiles
  return { passed: report.numPassedTests, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped: [...new Set(skipped)] }
}

/** The last line of every run, and whether the run may be called good: something ran and nothing failed. */
export function summarise({ passed, failed }: Pick<Outcome, 'passed' | 'failed'>): { line: string; good: boolean } {
  return { line: `${passed} passed, ${failed} failed`, good: failed === 0 && passed > 0 }
}

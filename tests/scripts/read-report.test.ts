import { expect, test } from 'vitest'
import { readReport, summarise } from '../../scripts/test/read-report.ts'

const passed = { status: 'passed', title: 'a share of nothing is unknown' }
const failed = { status: 'failed', title: '469 projects' }
const skipped = { status: 'skipped', title: 'beside the reference folder', fullName: 'codes beside the reference folder' }

test('a run with one failed test is not good, and its line says so', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [{ status: 'failed', assertionResults: [passed, failed] }],
  }
  expect(readReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: [] })
  expect(summarise({ passed: 1, failed: 1 })).toEqual({ line: '1 passed, 1 failed', good: false })
})

test('a file that could not be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 1,
    numFailedTests: 0,
    testResults: [
      { status: 'passed', assertionResults: [passed] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(readReport(report, 1)).toEqual({ passed: 1, failed: 1, skipped: [] })
})

test('an error outside any test counts as a failure: the exit code says so', () => {
  const report = { numPassedTests: 1, numFailedTests: 0, testResults: [{ status: 'passed', assertionResults: [passed] }] }
  expect(readReport(report, 1).failed).toBe(1)
  expect(readReport(report, 0).failed).toBe(0)
})

test('what was skipped is named, once', () => {
  const report = {
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [{ status: 'passed', assertionResults: [skipped, skipped] }],
  }
  expect(readReport(report, 0).skipped).toEqual(['codes beside the reference folder'])
})

test('a run in which no test ran is not good', () => {
  expect(summarise({ passed: 0, failed: 0 })).toEqual({ line: '0 passed, 0 failed', good: false })
  expect(summarise({ passed: 3, failed: 0 })).toEqual({ line: '3 passed, 0 failed', good: true })
})

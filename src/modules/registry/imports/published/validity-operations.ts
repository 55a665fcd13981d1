/** Every operation on the validity of published files. */
import { getPublishedOrigin } from './published-origin.ts'
import { getPublisherValidity, listPublishers } from './publishers.ts'
import { getRunValidity, listRunProblems } from './validity.ts'

export const validityOperations = [
  getRunValidity,
  listRunProblems,
  listPublishers,
  getPublisherValidity,
  getPublishedOrigin,
] as const

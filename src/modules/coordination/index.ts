/** The door of coordination: everything that other rooms may use. */
import { confirmFocalPoint } from './focal-points/confirm-focal-point.ts'
import { endFocalPoint } from './focal-points/end-focal-point.ts'
import { focalPointCoverage } from './focal-points/focal-point-coverage.ts'
import { getFocalPoint } from './focal-points/get-focal-point.ts'
import { handOverFocalPoint } from './focal-points/hand-over-focal-point.ts'
import { listFocalPoints } from './focal-points/list-focal-points.ts'
import { nameFocalPoint } from './focal-points/name-focal-point.ts'
import { reviseFocalPoint } from './focal-points/revise-focal-point.ts'
import { answerConfirmationLink, findConfirmationLink } from './links/answer-link.ts'
import { askToConfirm, printConfirmationLink } from './links/ask-to-confirm.ts'
import { remindFocalPoints } from './links/remind-focal-points.ts'
import './problems.ts'

export { confirmFocalPoint } from './focal-points/confirm-focal-point.ts'
export { endFocalPoint } from './focal-points/end-focal-point.ts'
export {
  FOCAL_POINT_SCOPES,
  FOCAL_POINT_STATES,
  type FocalPointFacts,
  type FocalPointScope,
  type FocalPointState,
  MECHANISM_TYPES,
} from './focal-points/focal-point.ts'
export {
  type CoveredCountry,
  type CoveredEntity,
  DEFAULT_GROUP,
  type FocalPointCoverage,
  focalPointCoverage,
} from './focal-points/focal-point-coverage.ts'
export { type FocalPointRecord, type FocalPointView, getFocalPoint } from './focal-points/get-focal-point.ts'
export { handOverFocalPoint } from './focal-points/hand-over-focal-point.ts'
export { type FocalPointPage, listFocalPoints, listRegions } from './focal-points/list-focal-points.ts'
export { nameFocalPoint } from './focal-points/name-focal-point.ts'
export type { ListedFocalPoint, NamedPerson } from './focal-points/read-focal-points.ts'
export { reviseFocalPoint } from './focal-points/revise-focal-point.ts'
export { type AskedFocalPoint, answerConfirmationLink, findConfirmationLink, LEFT_BY_LINK } from './links/answer-link.ts'
export { askToConfirm, type PrintedLink, printConfirmationLink } from './links/ask-to-confirm.ts'
export { remindFocalPoints } from './links/remind-focal-points.ts'

/** All operations of this module; the API, the command line and the reference pages are made from the list. */
export const coordinationOperations = [
  listFocalPoints,
  getFocalPoint,
  focalPointCoverage,
  nameFocalPoint,
  reviseFocalPoint,
  confirmFocalPoint,
  endFocalPoint,
  handOverFocalPoint,
  askToConfirm,
  printConfirmationLink,
  findConfirmationLink,
  answerConfirmationLink,
  remindFocalPoints,
] as const

import { expect, test } from 'vitest'
import {
  valueOfExperts,
  valueOfFacilityUse,
  valueOfGoods,
  valueOfInfrastructure,
  valueOfScholarships,
  valueOfStudyVisit,
  valueOfTrainingByCost,
  valueOfTrainingByEffort,
  valueOfVolunteer,
} from './value-in-kind.ts'

const mission = { days: '10', dailyRate: '250', travel: '1200', dailySubsistence: '90' }

test('8.3: three experts for ten days at 250, travel 1,200 each, subsistence 90 a day, are worth 13,800', () => {
  expect(valueOfExperts([mission, mission, mission], '0')).toEqual({
    total: '13800',
    pay: '7500',
    travel: '3600',
    subsistence: '2700',
    materials: '0',
  })
})

test('an expert whose rate or travel is not known leaves the mission unvalued', () => {
  expect(valueOfExperts([mission, { ...mission, dailyRate: undefined }], '0')).toBeUndefined()
  expect(valueOfExperts([{ ...mission, travel: undefined }], '0')).toBeUndefined()
  expect(valueOfExperts([mission], undefined)).toBeUndefined()
  expect(valueOfExperts([], '0')).toBeUndefined()
})

test('training by its price list: 2,000 and 25 participants at 150.50 are 5,762.50', () => {
  expect(valueOfTrainingByCost({ fixedCost: '2000', participants: '25', costPerParticipant: '150.50' })).toBe('5762.5')
  expect(valueOfTrainingByCost({ fixedCost: undefined, participants: '25', costPerParticipant: '150' })).toBeUndefined()
})

test('training by its effort: 40 hours x 2 trainers x 30, venue 500, 20 participants x 45 x 5 days are 7,400', () => {
  const course = {
    hours: '40',
    trainers: '2',
    hourlyRate: '30',
    venue: '500',
    participants: '20',
    dailySubsistence: '45',
    days: '5',
  }
  expect(valueOfTrainingByEffort(course)).toBe('7400')
  expect(valueOfTrainingByEffort({ ...course, venue: undefined })).toBeUndefined()
})

test('scholarships: 10 months x (400 + 350 + 25.5) + 900 are 8,655, and a second of 2 months without travel adds 1,551', () => {
  const student = { months: '10', monthlyTuition: '400', monthlyStipend: '350', monthlyInsurance: '25.5', travel: '900' }
  expect(valueOfScholarships([student])).toBe('8655')
  expect(valueOfScholarships([student, { ...student, months: '2', travel: '0' }])).toBe('10206')
  expect(valueOfScholarships([student, { ...student, months: undefined }])).toBeUndefined()
  expect(valueOfScholarships([])).toBeUndefined()
})

test('a study visit: 6 persons x (4 days x 120 + 800) and 8 host days x 95 are 8,440', () => {
  const visit = { persons: '6', days: '4', dailySubsistence: '120', travel: '800', hostPersonDays: '8', dailyRate: '95' }
  expect(valueOfStudyVisit(visit)).toBe('8440')
  expect(valueOfStudyVisit({ ...visit, hostPersonDays: undefined })).toBeUndefined()
})

test('a volunteer: 12 months x (600 + 40) + 1,500 are 9,180', () => {
  expect(valueOfVolunteer({ months: '12', monthlyStipend: '600', monthlyInsurance: '40', travel: '1500' })).toBe('9180')
  expect(valueOfVolunteer({ months: '12', monthlyStipend: undefined, monthlyInsurance: '40', travel: '1500' })).toBeUndefined()
})

test('goods: 7 x 3,100.10 + 900 + 120 - 1,000 are 21,720.70; an unknown number leaves them described (ruling 16)', () => {
  const shipment = { quantity: '7', unitPrice: '3100.10', freight: '900', insurance: '120', recipientPaid: '1000' }
  expect(valueOfGoods(shipment)).toBe('21720.7')
  expect(valueOfGoods({ ...shipment, quantity: undefined })).toBeUndefined()
  expect(valueOfGoods({ ...shipment, recipientPaid: undefined })).toBeUndefined()
})

test('works: 60 % of a contract of 1,000,000, certified 25 % in 2013 and 40 % in 2014', () => {
  const works = {
    contractValue: '1000000',
    providerShare: '0.6',
    certified: [
      { year: 2013, share: '0.25' },
      { year: 2014, share: '0.4' },
    ],
  }
  expect(valueOfInfrastructure(works)).toEqual({
    total: '390000',
    byYear: [
      { year: 2013, value: '150000' },
      { year: 2014, value: '240000' },
    ],
  })
  expect(valueOfInfrastructure({ ...works, providerShare: undefined })).toBeUndefined()
  expect(valueOfInfrastructure({ ...works, certified: [{ year: 2013, share: '1.01' }] })).toBeUndefined()
  expect(valueOfInfrastructure({ ...works, certified: [] })).toBeUndefined()
})

test('use of a laboratory: 36 hours at 42.25 are 1,521', () => {
  expect(valueOfFacilityUse({ hours: '36', hourlyRentalEquivalent: '42.25' })).toBe('1521')
  expect(valueOfFacilityUse({ hours: '36', hourlyRentalEquivalent: undefined })).toBeUndefined()
})

/** The door: every chart that pages may use. */
export * from './bar-chart.tsx'
export * from './bubble-map.tsx'
export type { ChartProps } from './chart-frame.tsx'
export type { ChartUnit, ChartValue } from './chart-value.ts'
export * from './grouped-bars.tsx'
export * from './line-chart.tsx'
export * from './matrix.tsx'
export * from './stacked-shares.tsx'

/** `sursur figures`: every figure in each reading, with what it counts, the reported value and the verdict. */
import { computeFigures } from '../../modules/reporting/index.ts'
import { LOCAL_ADMINISTRATOR } from '../../operations/index.ts'
import type { CliVerb } from '../command.ts'
import { withProgram } from '../with-program.ts'

export const figuresVerb: CliVerb = {
  name: 'figures',
  takes: '',
  meaning: 'Computes the figures of a portfolio, each with numerator, denominator, rows behind, reported value and verdict.',
  options: [
    { name: 'portfolio', value: 'NAME', meaning: 'One portfolio; by default all.' },
    { name: 'year', value: 'Y', meaning: 'One listed year; by default each.' },
  ],
  run: (call) =>
    withProgram(call, async ({ operations }) => {
      const [portfolio, year] = [call.option('portfolio'), call.option('year')]
      const figures = await operations.run(
        computeFigures,
        { ...(portfolio === undefined ? {} : { portfolio }), ...(year === undefined ? {} : { year: Number(year) }) },
        LOCAL_ADMINISTRATOR,
      )
      if (call.json) call.print(JSON.stringify(figures))
      else
        for (const { portfolio: key, year: listed, definitionId, numerator, denominator, verdict } of figures)
          call.say(
            [key, listed ?? '–', definitionId, denominator === null ? numerator : `${numerator}/${denominator}`, verdict].join(
              '\t',
            ),
          )
      return 0
    }),
}

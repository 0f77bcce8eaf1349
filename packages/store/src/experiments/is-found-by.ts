import { literally } from '../database/literally.ts'
import { Prisma } from '../generated/client.ts'
import { searchTerms } from './search-terms.ts'

/** In any case, as ILIKE, which would convert the pattern to lower case for every row again. */
export const contains = (text: Prisma.Sql, part: string): Prisma.Sql =>
  Prisma.sql`lower(${text}) LIKE lower(${`%${literally(part)}%`}::text)`

/**
 * Whether an experiment `e` has each term of the search in its name, its note, its protocol, the name of its
 * submitter or the value of a label, or at the beginning of its id.
 */
export function isFoundBy(search: string): Prisma.Sql {
  const terms = searchTerms(search)
  return terms.length === 0 ? Prisma.sql`true` : Prisma.join(terms.map(hasTerm), ' AND ')
}

/** Labels are unpacked only where their JSON has the text, as JSON writes it. */
function hasTerm(term: string): Prisma.Sql {
  const inJson = JSON.stringify(term).slice(1, -1)
  const isId = /^[\da-f-]+$/i.test(term) ? Prisma.sql`e.id::text LIKE lower(${`${term}%`}::text)` : Prisma.sql`false`
  return Prisma.sql`(${contains(Prisma.sql`e.name`, term)} OR ${contains(Prisma.sql`e.note`, term)} OR ${isId}
    OR ${contains(Prisma.sql`e.protocol`, term)} OR ${contains(Prisma.sql`e.created_by`, term)}
    OR (${contains(Prisma.sql`e.labels::text`, inJson)}
      AND EXISTS (SELECT FROM jsonb_each_text(e.labels) l WHERE ${contains(Prisma.sql`l.value`, term)})))`
}

import type { ResolvedSpec } from '@goalpost/contracts'

export const isSearching = ({ search }: Pick<ResolvedSpec, 'search'>): boolean => search?.ended === false

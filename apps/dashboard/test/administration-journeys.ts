import { createClient } from '@goalpost/client'
import { expect, type TestAPI } from 'vitest'
import { openAs, openContext, type Opened } from './opened.ts'
import { violations } from './violations.ts'

const patience = { timeout: 60_000 }

/** Keys, webhooks, limits and the audit log, by an administrator; and by those who are none. */
export function administrationJourneys(journey: ReturnType<TestAPI['runIf']>, opened: () => Opened): void {
  journey('a key is made, shown once, works, and is revoked by keyboard', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/administration`)
    await page.getByLabel('Who or what uses it').fill('nightly')
    await page.getByLabel('Scope').selectOption('read')
    await page.getByRole('button', { name: 'Create key' }).click()
    const notice = page.getByRole('region', { name: 'The key nightly' })
    const secret = await notice.locator('pre').innerText()
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('The key nightly')
    expect(await violations(page)).toEqual([])
    const nightly = createClient({ baseUrl: url, apiKey: secret })
    expect(await nightly.ownKey()).toMatchObject({ name: 'nightly', scope: 'read' })
    await page.getByRole('button', { name: 'I have kept it' }).click()
    expect(await page.content()).not.toContain(secret)
    const revoke = page.getByRole('button', { name: 'Revoke nightly' })
    await revoke.press('Enter')
    await page.getByRole('dialog', { name: 'Revoke nightly?' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await nightly.ownKey()).toMatchObject({ state: 'active' })
    await revoke.press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).press('Enter')
    await page.getByRole('row').filter({ hasText: 'nightly' }).getByText('revoked').waitFor()
    await expect(nightly.ownKey()).rejects.toMatchObject({ code: 'invalid-key' })
  })

  journey('a person is invited by a link, which is shown once and can be revoked', async () => {
    const { page, url } = opened()
    await page.goto(`${url}/administration/members`)
    await page.getByText('GOALPOST_OIDC_ISSUER').waitFor()
    const form = page.getByRole('form', { name: 'New invitation' })
    for (const name of ['Ada', 'Grace']) {
      await form.getByLabel('Who is invited').fill(name)
      await form.getByLabel('Scope').selectOption('read')
      await form.getByRole('button', { name: 'Create link' }).click()
      await page.getByRole('region', { name: `The invitation of ${name}` }).waitFor()
    }
    const link = await page.getByRole('region', { name: 'The invitation of Grace' }).locator('pre').innerText()
    expect(link).toMatch(new RegExp(`^${url}/join#`))
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Revoke Ada' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByRole('row').filter({ hasText: 'Ada' }).getByText('revoked').waitFor()
    const grace = createClient({ baseUrl: url, apiKey: await acceptInvitation(opened(), link) })
    expect(await grace.ownKey()).toMatchObject({ name: 'Grace', scope: 'read' })
    await page.reload()
    await page.getByRole('row').filter({ hasText: 'Grace' }).getByText('accepted').waitFor()
    expect(await page.getByRole('button', { name: 'Revoke Grace' }).count()).toBe(0)
  })

  journey('a member gets another scope and is removed; their key offers neither rotation nor revocation', async () => {
    const { page, url, client } = opened()
    const { id } = await client.addMember({ email: 'alan@lab.example', scope: 'read' })
    await page.goto(`${url}/administration/members`)
    await page.getByLabel('Scope of alan@lab.example').selectOption('manage')
    expect((await client.members()).items).toMatchObject([{ id, scope: 'read' }])
    await page.getByRole('button', { name: 'Change alan@lab.example from read to manage' }).click()
    await expect.poll(async () => (await client.members()).items, patience).toMatchObject([{ id, scope: 'manage' }])
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Keys', exact: true }).click()
    const row = page.getByRole('row').filter({ hasText: 'alan@lab.example' })
    await row.getByRole('link', { name: 'Members' }).waitFor()
    expect(await row.getByRole('button').count()).toBe(0)
    await row.getByRole('link', { name: 'Members' }).click()
    await page.getByRole('button', { name: 'Remove alan@lab.example' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByRole('button', { name: 'Remove alan@lab.example' }).waitFor({ state: 'detached' })
    expect((await client.members()).items).toEqual([])
  })

  journey('a webhook is refused where it may not send, made elsewhere, tested, and deleted', async () => {
    const { page, url, client } = opened()
    await page.goto(`${url}/administration/webhooks`)
    await page.getByLabel('Name').fill('pager')
    await page.getByLabel('Address').fill('http://127.0.0.1:9/hook')
    await page.getByLabel('Events').selectOption('gate-run.*')
    await page.getByRole('button', { name: 'Create webhook' }).click()
    await page.getByRole('alert').filter({ hasText: 'GOALPOST_WEBHOOK_ALLOW' }).waitFor()
    await page.getByLabel('Address').fill('https://hooks.invalid/goalpost')
    await page.getByRole('button', { name: 'Create webhook' }).click()
    await page.getByRole('region', { name: 'The webhook pager' }).getByText('whsec_').waitFor()
    expect(await client.webhook('pager')).toMatchObject({ events: ['gate-run.*'], state: 'active' })
    await page.getByRole('button', { name: 'Send a test to pager' }).click()
    await page.getByRole('listitem').filter({ hasText: 'webhook.test' }).last().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Delete pager' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('None. A webhook sends events').waitFor()
  })

  journey('the operator sets a limit, which its workspace sees, and the audit log keeps', async () => {
    const { page, url, client } = opened()
    await page.goto(`${url}/administration/workspaces`)
    await page.getByText('Change limits').click()
    const form = page.getByRole('form', { name: 'Limits of default' })
    await form.getByLabel('Unfinished runs').fill('12345')
    await form.getByRole('button', { name: 'Set limits' }).click()
    await page.getByRole('row').filter({ hasText: 'Unfinished runs' }).getByText('12,345').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: 'Usage' }).click()
    await page.getByRole('group', { name: 'Limits' }).getByText('12,345').waitFor()
    expect(await violations(page)).toEqual([])
    const retention = page.getByRole('form', { name: 'Retention' })
    await retention.getByLabel('Logs').fill('365')
    await retention.getByRole('button', { name: 'Set retention' }).click()
    const dialog = page.getByRole('dialog', { name: 'Set retention of logs?' })
    await dialog.waitFor()
    expect(await client.retention()).toMatchObject({ logs: null })
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Set retention', exact: true }).click()
    await expect.poll(() => client.retention(), patience).toMatchObject({ logs: 365, points: null })
    await client.setRetention({ logs: null })
    await page.getByRole('link', { name: 'Audit log' }).click()
    await page.getByRole('row').filter({ hasText: 'workspace quota changed' }).getByText('12345').waitFor()
    expect(await violations(page)).toEqual([])
    const change = { unfinishedRuns: null }
    expect((await client.setQuota('default', change)).quota).toMatchObject(change)
  })

  journey('a key that may only read is told what it may not do, and gets no buttons for it', async () => {
    const { url, experimentId } = opened()
    const reader = await openAs(opened(), 'read')
    const refusals = {
      [`/experiments/${experimentId}/replay?condition=alpha%3D0&seed=1`]: 'Your key may not replay episodes',
      '/administration/keys': 'Your key may not manage keys',
      '/administration/members': 'Your key may not manage members',
      '/administration/audit': 'Your key may not read the audit log',
      '/administration/workspaces': 'Only operators see all workspaces',
      '/submit': 'Your key may not submit experiments',
      [`/levels/${'0'.repeat(64)}`]: 'Your key may not open levels',
    }
    for (const [path, refusal] of Object.entries(refusals)) {
      await reader.goto(url + path)
      await reader.getByRole('heading', { name: refusal }).waitFor(patience)
      expect(await violations(reader)).toEqual([])
      expect(await reader.getByRole('main').getByRole('button').count()).toBe(0)
    }
    await reader.goto(`${url}/administration/webhooks`)
    await reader.getByText('None. A webhook sends events').waitFor(patience)
    expect(await reader.getByRole('main').getByRole('button').count()).toBe(0)
    await reader.goto(`${url}/experiments/${experimentId}`)
    await reader.getByRole('main').getByRole('link', { name: 'Compare', exact: true }).waitFor(patience)
    expect(await reader.getByRole('group', { name: 'Change this experiment' }).count()).toBe(0)
    await reader.context().close()
  })
}

/** Opens an invitation's link as the invited person does, up to the list of experiments. The result is the new key. */
async function acceptInvitation(opened: Opened, link: string): Promise<string> {
  const context = await openContext(opened)
  const guest = await context.newPage()
  await guest.goto(link)
  await guest.getByRole('heading', { name: 'You are invited to Goalpost' }).waitFor(patience)
  expect(await violations(guest)).toEqual([])
  await guest.getByRole('button', { name: 'Accept the invitation' }).click()
  const secret = await guest.getByLabel(/^Your API key, with the scope read/).inputValue(patience)
  expect(await violations(guest)).toEqual([])
  await guest.getByRole('button', { name: 'Continue' }).click()
  await guest.getByRole('heading', { name: 'Experiments', level: 1 }).waitFor(patience)
  await context.close()
  return secret
}

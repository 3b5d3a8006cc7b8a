// Answers requests by @cloud-copilot/iam-simulate, one line of JSON each, in
// order. The library is loaded from the folder that is the only argument.
'use strict'
const { createRequire } = require('node:module')
const { createInterface } = require('node:readline')
const load = createRequire(process.argv[1] + '/')
const { runUnsafeSimulation } = load('@cloud-copilot/iam-simulate')
const { createValidatedPolicy } = load('@cloud-copilot/iam-policy')

const account = '123456789012'
const everything = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
// Keys of KMS and roles trust their account only by a policy of theirs.
const ownAccount = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: '*', Resource: '*' }
}

// unchecked is a policy with a name, which the judge wants of a resource's too.
const unchecked = (policy) => createValidatedPolicy(policy, () => [], { name: 'resource' })

function answer(q) {
  const named = (list) => list?.map((policy, i) => ({ name: String(i), policy }))
  const levels = (list) => (list ?? []).map((policies, i) => ({ orgIdentifier: `level-${i}`, policies: named(policies) }))
  const request = {
    principal: q.principal,
    action: q.action,
    resource: { resource: q.resource, accountId: account },
    contextVariables: q.context
  }
  const asksResource = /^(kms|sts):/i.test(q.action)
  return runUnsafeSimulation({
    request,
    identityPolicies: named(q.trust ? [everything] : q.identity),
    permissionBoundaryPolicies: named(q.boundary ?? undefined),
    resourcePolicy: q.trust || asksResource ? unchecked(q.trust ?? ownAccount) : undefined,
    serviceControlPolicies: levels(q.scps),
    resourceControlPolicies: levels(q.rcps)
  }, {})
}

createInterface({ input: process.stdin }).on('line', (line) => {
  let result
  try {
    result = answer(JSON.parse(line))
  } catch (e) {
    result = 'error: ' + e.message.split('\n')[0]
  }
  process.stdout.write(result + '\n')
})

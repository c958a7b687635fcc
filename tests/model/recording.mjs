// Makes recordings for recorded.qnt out of what `labor-sim --seed S --trace` prints.
//
//   node recording.mjs EVENTS FOLDER seed_1.trace seed_2.trace ...
//   node recording.mjs EVENTS TRACE     exit code 0: the trace has EVENTS before its first epoch ends
//
// Recordings are of the first epoch, up to its boundary block: that one is proposed again and again
// until it is final, and the rules of recorded.qnt never reach one.
//
// Of each trace the first EVENTS events, which must be accepted, or refused if the trace is of a
// mutant (mutant_NAME.trace); and of the first trace that has what it takes, copies with
// one thing falsified each, which must be refused. Two modules, FOLDER/recordings_1.qnt and _2.qnt,
// that can be checked at the same time.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const statementPattern = /e=(\d+) v=(\d+) kind=(\w+)(?: p=(\d+) h=(\d+) block=([0-9a-f]+))?/
const builtPattern = / block=([0-9a-f]+) parent=\[v=\d+ h=(\d+) block=([0-9a-f]+)/
const endPattern = / boundary=1 |^start e=[1-9]/
const linePattern = /^\s*[\d.]+ ms {2}node (\d+) {2}(.*)$/

// Inputs that are about a block alone.
const results = {
  'executed/valid': 'executed',
  'executed/invalid': 'invalid',
  body_held: 'held',
  body_durable: 'durable'
}

// A liar's numbers may be any; no honest one comes near this in a recording.
const far = 999

// ---- a trace into events ----

class Recording {
  constructor(text) {
    this.events = []
    this.blocks = new Map() // Hash to number; 0 is the genesis block.
    this.headers = new Map([[0, { by: 0, parent: 0, height: 0 }]])
    this.committed = new Map() // Height to the first digits of the hash.
    this.final = [0, 0, 0, 0] // By node: the view of its last finalization.
    this.lives = [0, 0, 0, 0]
    this.heads = [0, 0, 0, 0] // The height that a node started from.
    this.byzantine = new Set()
    // Those without a seat yet, and those that lost their journal: this is not modelled.
    this.observers = new Set()
    const genesis = / parent=\[v=0 h=0 block=([0-9a-f]+)/.exec(text)
    if (genesis === null) throw new Error(`not what labor-sim --trace prints: ${text.slice(0, 200)}`)
    this.block(genesis[1])
    const matches = text.split('\n').map((line) => linePattern.exec(line))
    const lines = matches.filter((match) => match !== null)
    const end = lines.findIndex(([, , what]) => endPattern.test(what))
    this.ended = end >= 0
    lines.slice(0, this.ended ? end : lines.length).forEach(([, node, what], i) => {
      if (what.startsWith('is Byzantine')) this.byzantine.add(Number(node))
      if (/^key spent|^start .* self=none /.test(what)) this.observers.add(Number(node))
      if (this.observers.has(Number(node))) return
      if (!what.startsWith('in ')) return this.note(Number(node), what)
      const next = lines[i + 1]
      const answers = next !== undefined && next[1] === node && next[2].startsWith('out ')
      this.input(Number(node), what.slice(3), answers ? next[2] : '')
    })
    this.events = this.events.filter((event) => !this.byzantine.has(event.node))
  }

  note(node, what) {
    const started = /^started +(\d+)/.exec(what)
    if (started !== null) this.heads[node] = Number(started[1])
    const committed = /^committed +(\d+) +([0-9a-f]+)/.exec(what)
    if (committed !== null) this.committed.set(Number(committed[1]), committed[2])
  }

  block(hash) {
    if (!this.blocks.has(hash)) this.blocks.set(hash, this.blocks.size)
    return this.blocks.get(hash)
  }

  statement(text) {
    const [, , view, kind, parent, height, block] = statementPattern.exec(text)
    const near = (digits) => Math.min(Number(digits), far)
    if (kind === 'nullify') return { kind, view: near(view), block: 0 }
    return {
      kind,
      view: near(view),
      parent: near(parent),
      height: near(height),
      block: this.block(block)
    }
  }

  group(out, title) {
    const found = new RegExp(` ${title}=\\[([^\\]]*)\\]`).exec(out)
    return found === null ? [] : found[1].split('; ').map((text) => this.statement(text))
  }

  header(number, by, parent, height) {
    if (this.headers.has(number)) return
    this.headers.set(number, { by, parent: this.block(parent), height })
  }

  input(node, what, out) {
    const word = what.split(' ')[0]
    const event = {
      node, kind: 'other', by: node, block: 0, says: null, signers: [], own: [], certificates: [],
      wrote: this.group(out, 'write')
    }
    if (word === 'started' && this.lives[node]++ > 0) this.started(event, out)
    if (word === 'vote' || word === 'proposal') this.message(event, word, what)
    if (word === 'certificate') {
      event.kind = word
      event.says = this.statement(what)
      event.signers = / signers=([\d,]+)/.exec(what)[1].split(',').map(Number)
    }
    if (word === 'built' && event.wrote.length > 0) {
      const [, block, height, parent] = builtPattern.exec(what)
      event.kind = word
      event.block = this.block(block)
      this.header(event.block, node, parent, Number(height) + 1)
    }
    const verdict = / verdict=(\w+)/.exec(what)
    const result = results[verdict === null ? word : `${word}/${verdict[1]}`]
    if (result !== undefined) {
      event.kind = result
      event.block = this.block(/ block=([0-9a-f]+)/.exec(what)[1])
    }
    const commits = this.group(out, 'commit')
    if (commits.length > 0) this.final[node] = commits.at(-1).view
    event.final = this.final[node]
    const matters = event.kind !== 'other' || event.wrote.length > 0 || commits.length > 0
    if (matters) this.events.push(event)
  }

  message(event, word, what) {
    event.kind = word
    event.says = this.statement(what)
    event.block = event.says.block
    event.by = Number(/ voter=(\d+)/.exec(what)[1])
    if (word === 'vote') return
    const [, parent] = / parent=([0-9a-f]+)/.exec(what)
    const form = / form=(\w+)/.exec(what)[1]
    if (form !== 'sound') event.kind = form
    if (form === 'malformed') return
    const proposer = Number(/ proposer=(\d+)/.exec(what)[1])
    this.header(event.block, proposer, parent, event.says.height)
  }

  // What it brings back is what it says to everybody.
  started(event, out) {
    event.kind = 'started'
    const sent = / send=\[([^\]]*)\]/.exec(out)
    this.final[event.node] = 0
    for (const speech of sent === null ? [] : sent[1].split('; ')) {
      const says = this.statement(speech)
      if (!speech.startsWith('certificate')) {
        if (!event.wrote.some((vote) => same(vote, says))) event.own.push(says)
      } else if (says.kind === 'finalize') {
        event.says = says
        this.final[event.node] = says.view
      } else {
        event.certificates.push(says)
      }
    }
    const digits = this.committed.get(this.heads[event.node])
    const known = [...this.blocks].find(([hash]) => digits !== undefined && hash.startsWith(digits))
    event.block = known === undefined ? 0 : known[1]
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other)
}

// ---- falsified copies ----

// Each says which events it can falsify, and does it to one.
const falsifications = {
  vote_on_another_parent: [writes('notarize', (vote) => vote.parent > 0), (event) => {
    const vote = voteIn(event, 'notarize')
    vote.parent = vote.view - 1 === vote.parent ? vote.parent - 1 : vote.view - 1
  }],
  second_vote_in_a_view: [writes('notarize'), (event) => {
    event.wrote.push({ ...voteIn(event, 'notarize'), block: 0 })
  }],
  finalize_left_out: [writes('finalize'), (event) => { event.wrote = [] }],
  nullify_after_finalize: [writes('finalize'), (event) => {
    event.wrote.push({ kind: 'nullify', view: voteIn(event, 'finalize').view, block: 0 })
  }],
  certificate_nobody_signed: [(event) => event.kind === 'certificate', (event) => {
    event.says = { kind: 'nullify', view: event.says.view + 50, block: 0 }
  }],
  vote_nobody_cast: [(event) => event.kind === 'vote' && event.by !== event.node, (event) => {
    event.says = { kind: 'nullify', view: event.says.view + 50, block: 0 }
  }],
  restart_without_its_votes: [(event) => event.own.length > 0, (event) => { event.own = [] }],
  finality_one_view_off: [(event) => event.final > 3, (event) => { event.final -= 1 }]
}

function writes(kind, fits = () => true) {
  return (event) => event.wrote.some((vote) => vote.kind === kind && fits(vote))
}

function voteIn(event, kind) {
  return event.wrote.find((vote) => vote.kind === kind)
}

// ---- Quint ----

const kinds = [
  'other', 'vote', 'proposal', 'stale', 'malformed', 'certificate', 'executed', 'invalid', 'held',
  'durable', 'built', 'started'
]
const voteKinds = ['nullify', 'notarize', 'finalize']

function statementGroups(said) {
  if (said === null) return [0, 0, 0, 0, 0]
  return [voteKinds.indexOf(said.kind), said.view, said.parent ?? 0, said.height ?? 0, said.block]
}

// recorded.qnt: event_of says what the groups are.
function number(groups) {
  if (groups.some((group) => group < 0 || group > far)) throw new Error(`too large: ${groups}`)
  const digits = groups.map((group) => String(group).padStart(3, '0')).reverse().join('_')
  return digits.replace(/^[0_]+(?=\d)/, '')
}

function quintEvent(event) {
  const signers = event.signers.reduce((bits, signer) => bits + 2 ** signer, 0)
  return number([
    event.node, kinds.indexOf(event.kind), event.by, event.block, signers, event.final,
    event.wrote.length, event.certificates.length, event.own.length,
    ...[event.says, ...event.wrote, ...event.certificates, ...event.own].flatMap(statementGroups)
  ])
}

function quintRecording(name, recording, events) {
  const mutant = name.startsWith('mutant_')
  const end = mutant ? 'refused != ""' : `refused == "" and at == ${events.length}`
  const headers = [...recording.blocks.values()].sort((a, b) => a - b).map((block) => {
    const { by, parent, height } = recording.headers.get(block) ?? { by: 0, parent: 0, height: 0 }
    return number([by, parent, height])
  })
  const honest = [0, 1, 2, 3].filter((node) => !recording.byzantine.has(node))
  return `
  pure val events_${name} = [
    ${events.map(quintEvent).join(',\n    ')}
  ]
  pure val headers_${name} = headers_of([${headers.join(', ')}])
  action follow_${name}(events: List[int]): bool = follow(Set(${honest}), headers_${name}, events)
  run ${name}_is_${mutant ? 'refused' : 'accepted'} = begin
    .then(${events.length}.reps(_ => follow_${name}(events_${name})))
    .expect(${end})
`
}

// Refused at the false event, which is the last.
function quintFalsification(what, name, events, position) {
  return `
  pure val events_${what} =
    events_${name}.slice(0, ${position}).append(${quintEvent(events[position])})
  run ${what}_is_refused = begin.then(${position}.reps(_ => follow_${name}(events_${what})))
    .expect(refused == "").then(follow_${name}(events_${what})).expect(refused != "")
`
}

const [eventsMax, folder, ...paths] = process.argv.slice(2)
if (paths.length === 0) {
  const { events, ended } = new Recording(readFileSync(folder, 'utf8'))
  process.exit(ended && events.length < Number(eventsMax) ? 1 : 0)
}
const recordings = paths.map((path, i) => {
  const recording = new Recording(readFileSync(path, 'utf8'))
  const events = recording.events.slice(0, Number(eventsMax))
  return { name: basename(path).replace(/\W.*/, ''), recording, events, runs: i % 2 }
})
const runs = [[], []]
for (const { name, recording, events, runs: half } of recordings) {
  runs[half].push(quintRecording(name, recording, events))
}
for (const [what, [fits, falsify]] of Object.entries(falsifications)) {
  const found = recordings.find(({ name, events }) =>
    !name.startsWith('mutant_') && events.slice(1).some(fits))
  if (found === undefined) throw new Error(`no trace has what ${what} would falsify`)
  const events = structuredClone(found.events)
  const position = events.findIndex((event, i) => i > 0 && fits(event))
  falsify(events[position])
  runs[found.runs].push(quintFalsification(what, found.name, events, position))
}
const rules = relative(folder, fileURLToPath(new URL('recorded', import.meta.url)))
runs.forEach((half, i) => writeFileSync(
  join(folder, `recordings_${i + 1}.qnt`),
  `module recordings {\n  import recorded.* from "${rules}"\n${half.join('')}}\n`
))
const sound = recordings.filter(({ name }) => !name.startsWith('mutant_'))
const all = sound.flatMap(({ events }) => events)
const restarts = all.filter((event) => event.kind === 'started').length
const liars = sound.filter(({ recording }) => recording.byzantine.size > 0).length
console.log(`traces of the simulator: ${sound.length}, ${liars} with a Byzantine validator; ` +
  `${all.length} inputs, ${restarts} restarts`)

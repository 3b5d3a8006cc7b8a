package report

import (
	"iter"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// itemJSON writes the members effect to note, a comma after each. A member
// without a value is left out, but for effect, service and action.
var itemJSON = spelling{
	effect: func(dst []byte, s string) []byte { return appendMember(dst, "effect", s) },
	action: func(dst []byte, a inventory.Action) []byte {
		return appendMember(appendMember(dst, "service", a.Service), "action", a.Name)
	},
	resource: func(dst []byte, s string) []byte { return appendMemberIf(dst, "arn", s) },
	principal: func(dst []byte, p inventory.Principal) []byte {
		return appendMemberIf(appendMemberIf(dst, "principal", p.Value), "principaltype", p.Type)
	},
	terms: func(dst []byte, t inventory.Terms) []byte {
		dst = appendMemberIf(appendMemberIf(dst, "negated", t.Negated), "condition", t.Condition)
		return appendMemberIf(appendMemberIf(dst, "statement", t.Statement), "note", t.Note)
	},
}

// jsonItems writes the items of one account as objects.
type jsonItems struct {
	marks   *Marks
	docs    *shelf
	digests *itemDigests
	names   namer

	policy *normalize.Policy
	lists  *lists
	prefix []byte
}

func newJSONItems(holder, other *normalize.Account, roles iter.Seq[itemsOf], marks *Marks) *jsonItems {
	docs := documents(roles, func(p *normalize.Policy) *inventory.Items { return p.Items })
	return &jsonItems{
		marks: marks, names: namer{rewriter: holder.Rewriter},
		docs: newShelf(&itemJSON, docs), digests: newItemDigests(holder, other, roles),
	}
}

// begin turns to a policy of a role, if it is not the one at hand.
func (j *jsonItems) begin(r *normalize.Role, policy uint32) {
	p := &r.Policies[policy]
	if j.policy == p {
		return
	}
	j.policy, j.lists = p, j.docs.lists(p.Items)
	j.names.begin(p)
	j.digests.begin(r, p)
	j.prefix = appendMember(append(j.prefix[:0], '{'), "policyname", p.Name)
	j.prefix = appendMember(j.prefix, "policytype", string(p.Type))
}

// appendItem appends the members of an item, its brace still open.
func (j *jsonItems) appendItem(dst []byte, row uint32) []byte {
	return j.lists.append(append(dst, j.prefix...), j.policy.Items.Rows[row])
}

// appendDifference appends an item that the other account does not have.
func (j *jsonItems) appendDifference(dst []byte, r *normalize.Role, ref diff.Ref) []byte {
	j.begin(r, ref.Policy)
	dst = j.appendOriginals(j.appendItem(dst, ref.Row), "originals", ref.Row)
	dst = appendListIf(dst, "names", runNames(j.names.row(j.policy.Origins(ref.Row))), appendRunName)
	dst = append(dst, `"fingerprint":"`...)
	at := len(dst)
	dst = j.digests.append(dst, ref.Row)
	if j.marks == nil {
		return append(dst, '"', '}')
	}
	mark := j.marks.of(string(dst[at:]))
	return endObject(appendMarkMembers(append(dst, '"', ','), &mark))
}

// appendOriginals appends the items that became this one by rewriting, with
// the members that were different before; nothing if nothing was.
func (j *jsonItems) appendOriginals(dst []byte, member string, row uint32) []byte {
	p := j.policy
	if p.Items == p.Before && p.Name == p.Raw.Name {
		return dst
	}
	at := len(dst)
	dst = append(append(append(dst, '"'), member...), `":[`...)
	after, changed := p.Items.Item(int(row)), false
	for n, o := range p.Origins(row) {
		if n > 0 {
			dst = append(dst, ',')
			changed = true
		}
		open := len(dst) + 1
		before := p.Before.Item(int(o))
		dst = appendMemberUnless(append(dst, '{'), "policyname", p.Raw.Name, p.Name)
		dst = appendMemberUnless(dst, "arn", before.ARN, after.ARN)
		dst = appendMemberUnless(dst, "principal", before.Principal, after.Principal)
		dst = appendMemberUnless(dst, "condition", before.Condition, after.Condition)
		dst = appendMemberUnless(dst, "statement", before.Statement, after.Statement)
		changed = changed || len(dst) > open
		dst = endObject(dst)
	}
	if !changed {
		return dst[:at]
	}
	return append(dst, ']', ',')
}

package report

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// A fingerprint names one drift: 16 bytes of a SHA-256 in hex over the
// normalised content and the tags of the account that has it and of the one
// that does not. It is the same wherever the drift stands in a document, and
// when the accounts change sides; it changes with any part of the content.
// Letter case of role names, services and actions does not count.

// printer gathers what a fingerprint is of: every value with its length, so
// that no two lists of values look the same.
type printer struct{ buf []byte }

func (p *printer) begin(values ...string) {
	p.buf = p.buf[:0]
	p.add("iamctl drift 1")
	p.add(values...)
}

func (p *printer) add(values ...string) {
	for _, v := range values {
		p.buf = binary.AppendUvarint(p.buf, uint64(len(v)))
		p.buf = append(p.buf, v...)
	}
}

// addFold adds values without regard to the case of ASCII letters.
func (p *printer) addFold(values ...string) {
	for _, v := range values {
		p.buf = binary.AppendUvarint(p.buf, uint64(len(v)))
		for i := range len(v) {
			c := v[i]
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			p.buf = append(p.buf, c)
		}
	}
}

// appendSum appends the fingerprint.
func (p *printer) appendSum(dst []byte) []byte {
	sum := sha256.Sum256(p.buf)
	return hex.AppendEncode(dst, sum[:16])
}

func (p *printer) sum() string { return string(p.appendSum(nil)) }

// item is the drift that one account's role has an item which the other's
// does not. The role's path and the note are no part of it: a path that
// differs is a drift of its own, and a note changes with the reference.
func (p *printer) item(holder, other *normalize.Account, r *normalize.Role, of *normalize.Policy, row inventory.Row) {
	t := of.Items
	a, by, m := &t.Actions[row.Action], &t.Principals[row.Principal], &t.Terms[row.Terms]
	p.begin("item", holder.Tag, other.Tag)
	p.addFold(r.Key)
	p.add(string(of.Type), of.Name, t.Effects[row.Effect])
	p.addFold(a.Service, a.Name)
	p.add(t.Resources[row.Resource], by.Value, by.Type, m.Negated, m.Condition, m.Statement)
}

// role is the drift that one account has a role that the other has not.
func (p *printer) role(holder, other *normalize.Account, r *normalize.Role) {
	p.begin("role", holder.Tag, other.Tag)
	p.addFold(r.Key)
}

// attribute is the drift that an attribute of a common role differs.
func (p *printer) attribute(c *diff.Changes, of *diff.Pair, a *diff.AttributeChange) {
	p.begin("attribute", string(a.Kind), a.Key)
	first, second := sideValue{c.A.Tag, of.A, &a.A}, sideValue{c.B.Tag, of.B, &a.B}
	if second.tag < first.tag {
		first, second = second, first
	}
	for _, s := range []sideValue{first, second} {
		has := "no"
		if s.value.Has {
			has = "yes"
		}
		p.addFold(s.role.Key)
		p.add(s.tag, has, s.value.Value)
	}
}

type sideValue struct {
	tag   string
	role  *normalize.Role
	value *diff.AttributeValue
}

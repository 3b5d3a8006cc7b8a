package many

import (
	"context"
	"fmt"
	"hash/maphash"
	"sync"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/fleet"
	"iamctl/internal/hint"
	"iamctl/inventory"
	"iamctl/meaning"
)

// member is one of the accounts.
type member struct {
	side     compare.Side
	identity equivalency.Identity
	roles    int
	// account is nil once it is not kept in memory, and sum a digest by which it is seen
	// that it is the same when it is read again.
	account *inventory.Account
	sum     uint64
	// gaps says whether a part of the account could not be read.
	gaps bool
	// cells are what its roles say.
	cells []cell
	// bounds is what control policies leave to it, nil where that is not asked.
	bounds *meaning.Bounds
	// aws are policies of AWS's of which the account has another version.
	aws map[awsVersion]bool
}

// cell is a role of an account: the number of its key, the form, and the number of what bounds
// it, 0 where that is not asked.
type cell struct {
	key     uint32
	form    fleet.Form
	control uint32
}

func newMember(s compare.Side, a *inventory.Account) *member {
	return &member{side: s, identity: s.Identity(a), roles: len(a.Roles), account: a, sum: sumOf(a), aws: map[awsVersion]bool{}}
}

// maxKept is how many bytes of texts of accounts are kept that are needed again.
const maxKept = 64 << 20

// budget counts bytes.
type budget struct {
	mu   sync.Mutex
	used int
}

func (b *budget) take(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.used+n > maxKept {
		return false
	}
	b.used += n
	return true
}

// release forgets an account that can be read again, unless it will be needed and there is
// room for it. Of those that were read from AWS it forgets what will not be needed, for to
// ask twice would take long.
func (m *run) release(i *member, needed bool) {
	switch {
	case !i.side.OnDisk():
		m.claims.take(i, m.reference)
	case !needed || !m.kept.take(sizeOf(i.account)):
		i.account = nil
	}
}

// load returns an account, which is read again if it is not in memory.
func (m *run) load(ctx context.Context, i *member) (*inventory.Account, error) {
	if i.account != nil {
		return i.account, nil
	}
	a, err := m.Reader.Again(ctx, i.side)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", i.side.Tag, err)
	}
	a = m.asked(a)
	if sumOf(a) != i.sum {
		return nil, hint.With(fmt.Errorf("%s: the account changed while it was compared", i.side.Tag), "run iamctl again once nothing writes to %s", i.side.Spec)
	}
	return a, nil
}

// seed is that of sums, which are of one process.
var seed = maphash.MakeSeed()

// sumOf returns a digest of what an account says.
func sumOf(a *inventory.Account) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	texts(a, func(s string) {
		h.WriteString(s)
		h.WriteByte(0)
	})
	return h.Sum64()
}

func sizeOf(a *inventory.Account) int {
	n := 0
	texts(a, func(s string) { n += len(s) })
	return n
}

// texts passes on the long texts of an account, and its names.
func texts(a *inventory.Account, each func(string)) {
	each(a.ID)
	for i := range a.Roles {
		r := &a.Roles[i]
		each(r.ARN)
		each(r.ID)
		each(string(r.Trust))
		for k := range r.Inline {
			each(r.Inline[k].Name)
			each(string(r.Inline[k].Document))
		}
		for _, p := range r.Attached {
			each(p.ARN)
		}
	}
	for i := range a.Policies {
		each(a.Policies[i].ARN)
		each(string(a.Policies[i].Document))
	}
}

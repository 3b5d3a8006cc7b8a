package harvest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"iamctl/compare"
	"iamctl/extract/ledger"
	"iamctl/extract/snapshot"
	"iamctl/internal/hint"
	"iamctl/inventory"
)

// is notes which account was reached, and returns an error if it is not the one that the
// source named.
func (out *Outcome) is(s compare.Side, a *inventory.Account) error {
	if s.Member != nil && s.Member.ID != "" && a.ID != "" && s.Member.ID != a.ID {
		return fmt.Errorf("this is account %s, and %s is expected", a.ID, s.Member.ID)
	}
	if a.ID != "" {
		out.ID = a.ID
	}
	return nil
}

func (out Outcome) failed(err error) Outcome {
	out.Status, out.Err = ledger.Failed, err
	out.Reason = strings.TrimPrefix(err.Error(), out.Side.Tag+": ")
	return out
}

// read returns the outcome of an account that was read and written.
func (out Outcome) read(a *inventory.Account) Outcome {
	out.Status, out.Gaps = ledger.OK, a.Gaps
	if g, none := a.NoRoles(); none {
		out.Gaps = append(slices.Clone(a.Gaps), g)
	}
	if len(out.Gaps) > 0 {
		out.Status, out.Reason = ledger.Partial, reason(out.Gaps)
	}
	return out
}

// reason returns the first of several gaps, in short.
func reason(gaps []inventory.Gap) string {
	g := slices.MinFunc(gaps, inventory.Gap.Compare)
	words := []string{string(g.Entity)}
	for _, w := range []string{g.Name, string(g.Part), g.PolicyName} {
		if w != "" {
			words = append(words, w)
		}
	}
	text := strings.Join(words, " ") + ": " + g.Reason
	if len(gaps) > 1 {
		text += fmt.Sprintf(" (and %d more)", len(gaps)-1)
	}
	return text
}

// sameAccount returns an error if the folder has a snapshot of another account: a
// mistyped tag would overwrite a baseline.
func sameAccount(ctx context.Context, folder string, a *inventory.Account) error {
	before, err := snapshot.ID(ctx, folder)
	if err != nil || before == "" || a.ID == "" || before == a.ID {
		// What is no snapshot yet is for snapshot.Write to judge.
		return nil
	}
	return hint.With(fmt.Errorf("%s is a snapshot of account %s, and this is account %s: nothing was written", folder, before, a.ID),
		"write SOURCE=TAG with another tag, or remove the folder first")
}

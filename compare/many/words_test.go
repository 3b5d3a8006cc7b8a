package many

import (
	"testing"

	"iamctl/fleet"
	"iamctl/result/matrix"
)

// TestOtherwise: what one account has alone is only said to be so where no other has it in
// another form.
func TestOtherwise(t *testing.T) {
	for _, tt := range []struct {
		reason string
		absent bool
		forms  []fleet.Form
		want   string
	}{
		{"one form", true, []fleet.Form{fleet.Absent, {2}}, aloneWords},
		{"two forms", true, []fleet.Form{fleet.Absent, {2}, {3}}, otherwiseWords},
		{"one form in two bounds", true, []fleet.Form{fleet.Absent, {2}, {2}}, aloneWords},
		{"the reference has it", false, []fleet.Form{{1}, {2}, {3}}, aloneWords},
	} {
		r := &matrix.Role{Forms: []matrix.Form{{Absent: tt.absent}}}
		groups := make([]fleet.Group, len(tt.forms))
		for i, f := range tt.forms {
			if groups[i].Form = f; i > 0 {
				r.Forms = append(r.Forms, matrix.Form{Difference: &matrix.Difference{What: "names account 1; " + aloneWords}})
			}
		}
		otherwise(r, groups)
		for _, f := range r.Forms[1:] {
			if want := "names account 1; " + tt.want; f.Difference.What != want {
				t.Errorf("%s: %q, want %q", tt.reason, f.Difference.What, want)
			}
		}
	}
}

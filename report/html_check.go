package report

import "fmt"

// checkHTML tells whether every index of a run points at something, so that
// a file that was changed by hand gives an error and not a page that lies.
func checkHTML(r *Run) error {
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		where := fmt.Sprintf("common_roles[%d].", i)
		for j := range p.Attributes {
			if err := checkHTMLMark(r, &p.Attributes[j].RunMark, where+"attributes", j); err != nil {
				return err
			}
		}
		for side, items := range [][]RunItem{p.OnlyA, p.OnlyB} {
			for j := range items {
				if err := checkHTMLMark(r, &items[j].RunMark, where+[2]string{"only_a", "only_b"}[side], j); err != nil {
					return err
				}
			}
		}
		if err := checkHTMLDocuments(r, p.Documents, where); err != nil {
			return err
		}
	}
	for side, roles := range [][]RunUnique{r.UniqueRoles.A, r.UniqueRoles.B} {
		for i := range roles {
			where := "unique_roles." + [2]string{"a", "b"}[side]
			if err := checkHTMLMark(r, &roles[i].RunMark, where, i); err != nil {
				return err
			}
			if err := checkHTMLDocuments(r, roles[i].Documents, fmt.Sprintf("%s[%d].", where, i)); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkHTMLMark(r *Run, m *RunMark, list string, i int) error {
	if m.Waiver == nil || *m.Waiver >= 0 && *m.Waiver < len(r.Waivers) {
		return nil
	}
	return fmt.Errorf("%s[%d].waiver is %d, but there are %d waivers: make the file again with iamctl diff", list, i, *m.Waiver, len(r.Waivers))
}

func checkHTMLDocuments(r *Run, list []RunPolicyDocuments, where string) error {
	for i, d := range list {
		for side, at := range []*int{d.A, d.B} {
			if at != nil && (*at < 0 || *at >= len(r.Documents)) {
				return fmt.Errorf("%sdocuments[%d].%s is %d, but there are %d documents: make the file again with iamctl diff",
					where, i, [2]string{"a", "b"}[side], *at, len(r.Documents))
			}
		}
	}
	return nil
}

package waiver

import (
	"slices"

	"iamctl/internal/jsontree"
)

// Marshal writes the file's content with a newline at the end: a line for each
// member, waivers by role and fingerprint, rules in their order. Parse returns
// the same file again, except the places and the order of the waivers. Text
// that is not UTF-8 comes out with U+FFFD, as in any JSON.
func (f *File) Marshal() []byte {
	if f == nil {
		f = &File{}
	}
	waivers := slices.Clone(f.Waivers)
	sortWaivers(waivers)
	w := &writer{}
	w.Block("{}", func() {
		w.About(f.Schema, f.Comment)
		w.Key("version")
		w.Raw("1")
		w.Key("waivers")
		w.Block("[]", func() {
			for i := range waivers {
				w.Line()
				w.waiver(&waivers[i])
			}
		})
		w.Key("ignore")
		w.Block("[]", func() {
			for i := range f.Ignore {
				w.Line()
				w.rule(&f.Ignore[i])
			}
		})
	})
	return w.Bytes()
}

type writer struct{ jsontree.Writer }

// member writes a member that says something.
func (w *writer) member(name, text string) {
	if text != "" {
		w.Key(name)
		w.Quote(text)
	}
}

func (w *writer) comparison(c Comparison) {
	if c != (Comparison{}) {
		w.Key("comparison")
		w.List(c[:])
	}
}

func (w *writer) waiver(v *Waiver) {
	w.Block("{}", func() {
		w.Comment(v.Comment)
		w.member("fingerprint", v.Fingerprint)
		w.member("role", v.Role)
		w.member("drift", v.Drift)
		w.member("rule", v.Rule)
		w.member("entity", v.Entity)
		w.member("finding", v.Finding)
		w.member("account", v.Account)
		w.member("owner", v.Owner)
		w.member("reason", v.Reason)
		w.member("ticket", v.Ticket)
		w.member("expires", v.Expires.String())
		w.comparison(v.Comparison)
		w.meaning(v.Meaning)
	})
}

func (w *writer) rule(r *Rule) {
	w.Block("{}", func() {
		w.Comment(r.Comment)
		w.member("role", r.Role)
		w.member("path", r.Path)
		if len(r.Kinds) > 0 {
			w.Key("kind")
			w.Texts(r.Kinds)
		}
		if len(r.Rules) > 0 {
			w.Key("rule")
			w.Texts(r.Rules)
		}
		w.member("entity", r.Entity)
		w.member("account", r.Account)
		w.member("reason", r.Reason)
		w.member("owner", r.Owner)
		w.member("ticket", r.Ticket)
		w.member("expires", r.Expires.String())
		w.comparison(r.Comparison)
	})
}

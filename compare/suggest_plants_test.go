package compare_test

import (
	"slices"
	"strings"

	"iamctl/inventory"
)

// plantings are the ways in which account B, or both, come to differ unmeant. Each
// works on the templates and says what must be found, nil if the roles at hand do
// not have what it changes.
var plantings = map[string]func(w *world) []plant{
	"one role of each account alone, alike but for a word":      func(w *world) []plant { return w.alone(1) },
	"several roles of each account alone, alike but for a word": func(w *world) []plant { return w.alone(2) },
	"three roles of each account alone, alike but for a word":   func(w *world) []plant { return w.alone(3) },
	"a role named for the other environment":                    (*world).misnamed,
	"trust in the other account":                                func(w *world) []plant { return w.reword(1, "trust", ":{id}:role/ci", ":{theirs}:role/ci", "{theirs}") },
	"trust in an account of nobody":                             func(w *world) []plant { return w.reword(1, "trust", "{partner}", "{other}", "{other}") },
	"two trusts in an account of nobody":                        func(w *world) []plant { return w.reword(2, "trust", "{partner}", "{other}", "{other}") },
	"the bucket of the other environment": func(w *world) []plant {
		return w.reword(1, "inline", "-data-{env}", "-data-{otherenv}", "-data-{otherenv}")
	},
	"another bucket":                       func(w *world) []plant { return w.reword(1, "inline", "-data-{env}", "-archive-{env}", "-archive-") },
	"another bucket in two roles likewise": func(w *world) []plant { return w.reword(2, "inline", "-data-{env}", "-archive-{env}", "-archive-") },
	"another table in two roles likewise":  func(w *world) []plant { return w.reword(2, "inline", "-items", "-prices", "-prices") },
	"another region for one table": func(w *world) []plant {
		return w.reword(1, "inline", "dynamodb:{region}", "dynamodb:sa-east-1", ":sa-")
	},
	"another region for two tables": func(w *world) []plant {
		return w.reword(2, "inline", "dynamodb:{region}", "dynamodb:sa-east-1", ":sa-")
	},
	"another account's queue": func(w *world) []plant {
		return w.reword(1, "inline", "sqs:{region}:{id}", "sqs:{region}:{other}", "{other}")
	},
	"another key in one role": func(w *world) []plant {
		return w.reword(1, "inline", "key/{key}", "key/0f0f0f0f-1a1a-2b2b-3c3c-4d4d4d4d4d4d", "0f0f0f0f")
	},
	"another endpoint in one role": func(w *world) []plant {
		return w.reword(1, "inline", "{vpce}", "vpce-0abc0def1abc2def3", "vpce-0abc0def1abc2def3")
	},
	"the tag key of the other environment": func(w *world) []plant {
		return w.reword(1, "inline", "aws:ResourceTag/{env}-", "aws:ResourceTag/{otherenv}-", "tag/{otherenv}-")
	},
	"another tag key in two roles likewise": func(w *world) []plant { return w.reword(2, "inline", "-owner\"", "-steward\"", "-steward") },
	"another tag key in three roles": func(w *world) []plant {
		return w.reword(3, "inline", "aws:ResourceTag/acme/", "aws:ResourceTag/corp/", "corp/")
	},
	"another cluster's issuer": func(w *world) []plant {
		return w.reword(1, "trust", "/id/{issuer}:sub", "/id/0F0F0F0F1A1A2B2B3C3C4D4D4D4D4D4D:sub", "0f0f0f0f")
	},
	"an action more": func(w *world) []plant {
		return w.reword(1, "inline", `"s3:PutObject"`, `"s3:PutObject","s3:DeleteObject"`, "DeleteObject")
	},
	"an action less":        func(w *world) []plant { return w.reword(1, "inline", `,"dynamodb:Query"`, ``, "Query") },
	"a wildcard for a name": func(w *world) []plant { return w.reword(1, "inline", "-data-{env}/*", "-d*/*", "-d*/*") },
	"a condition dropped": func(w *world) []plant {
		return w.reword(1, "inline", `,"Condition":{"Bool":{"aws:SecureTransport":"true"}}`, "", "-jobs-")
	},
	"another service trusted": func(w *world) []plant {
		return w.reword(1, "trust", "lambda.amazonaws.com", "ec2.amazonaws.com", "ec2")
	},
	"another external id": func(w *world) []plant {
		return w.reword(1, "trust", `"sts:ExternalId":"`, `"sts:ExternalId":"old-`, "old-")
	},
	"a policy detached": func(w *world) []plant {
		return w.change("Baseline", func(r *inventory.Role) { r.Attached = r.Attached[1:] })
	},
	"another policy attached": func(w *world) []plant {
		return w.change("Extra", func(r *inventory.Role) {
			r.Attached[0] = inventory.PolicyRef{Name: "Extra", ARN: "arn:aws:iam::{id}:policy/Extra"}
		})
	},
	"another tag": func(w *world) []plant {
		return w.change("lime", func(r *inventory.Role) { r.Tags[0].Value = "lime" })
	},
	"the tag of the other environment": func(w *world) []plant {
		return w.change("{otherenv}", func(r *inventory.Role) { r.Tags[1].Value = "{otherenv}" })
	},
	"another path": func(w *world) []plant { return w.change("/apps/", func(r *inventory.Role) { r.Path = "/apps/" }) },
	"another session length": func(w *world) []plant {
		return w.change("7200", func(r *inventory.Role) { n := int32(7200); r.MaxSessionDuration = &n })
	},
}

// alone adds an application to each account that the other has not.
func (w *world) alone(n int) []plant {
	pair := lonely[w.IntN(len(lonely))]
	form := nameForms[w.IntN(len(nameForms))]
	var out []plant
	for _, kind := range w.Perm(len(kinds))[:n] {
		a := w.role(form, pair[0], kinds[kind])
		if slices.ContainsFunc(w.roles[0], func(r inventory.Role) bool { return r.Name == a.Name }) {
			continue
		}
		b := cloneRoles([]inventory.Role{a})[0]
		swap := strings.NewReplacer(pair[0], pair[1], title(pair[0]), title(pair[1]))
		b.Name, b.Trust = swap.Replace(b.Name), inventory.Document(swap.Replace(string(b.Trust)))
		text := swap.Replace(*b.Description)
		b.Description = &text
		b.Inline[0] = inventory.InlinePolicy{Name: swap.Replace(b.Inline[0].Name), Document: inventory.Document(swap.Replace(string(b.Inline[0].Document)))}
		w.roles[0], w.roles[1] = append(w.roles[0], a), append(w.roles[1], b)
		out = append(out, plant{names: [2]string{a.Name, ""}}, plant{names: [2]string{"", b.Name}})
	}
	return out
}

// misnamed renames a role of B as if it were A's.
func (w *world) misnamed() []plant {
	i := w.IntN(w.meant)
	r := &w.roles[1][i]
	name := strings.ReplaceAll(strings.ReplaceAll(r.Name, "{env}", "{otherenv}"), "{Env}", "Foreign")
	if name == r.Name {
		return nil
	}
	r.Name = name
	return []plant{{names: [2]string{"", name}}}
}

// reword replaces a text in n roles of B that have it.
func (w *world) reword(n int, where, old, with, marker string) []plant {
	var out []plant
	for _, i := range w.Perm(len(w.roles[1])) {
		r := &w.roles[1][i]
		document := &r.Trust
		if where == "inline" {
			document = &r.Inline[0].Document
		}
		if len(out) == n || !strings.Contains(string(*document), old) || i >= len(w.roles[0]) || w.roles[0][i].Name != r.Name {
			continue
		}
		*document = inventory.Document(strings.ReplaceAll(string(*document), old, with))
		out = append(out, plant{names: [2]string{r.Name, r.Name}, marker: w.render(1, marker)})
	}
	if len(out) < n {
		return nil
	}
	return out
}

// change changes a role of B that A has too.
func (w *world) change(marker string, f func(*inventory.Role)) []plant {
	i := w.IntN(w.meant)
	r := &w.roles[1][i]
	if w.roles[0][i].Name != r.Name {
		return nil
	}
	f(r)
	return []plant{{names: [2]string{r.Name, r.Name}, marker: w.render(1, marker)}}
}

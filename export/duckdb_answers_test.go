package export_test

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/report/lake"
)

// passers are the answers to who may pass a role, of the items as harvest writes them.
func passers(accounts []*inventory.Account) []string {
	var out []string
	for _, a := range accounts {
		for it := range flatten.Account(a, reference.Embedded()).Items() {
			m := it.Marked()
			is := m.Service == "iam" && m.Action == "PassRole" || m.Action == "*" && (m.Service == "iam" || m.Service == "*") || strings.HasPrefix(m.Action, "NotAction ")
			if is && it.Effect == "Allow" && (it.PolicyType == string(inventory.Inline) || it.PolicyType == string(inventory.Managed)) {
				var resource any
				if m.ARN != "" {
					resource = m.ARN
				}
				out = append(out, line(a.ID, it.RoleName, it.PolicyType, strings.ReplaceAll(it.PolicyName, "\xff", `\x{FF}`), resource))
			}
		}
	}
	return out
}

// changed are the roles of accounts of both days that came, went or have other policies.
func changed(was, is []*inventory.Account) []string {
	texts := func(a *inventory.Account) map[string]string {
		managed := map[string]string{}
		for _, p := range a.Policies {
			managed[p.ARN] = string(p.Document)
		}
		out := map[string]string{}
		for _, r := range a.Roles {
			text := fmt.Sprint(r.Trust, r.Inline, r.Attached, r.Boundary != nil)
			for _, p := range r.Attached {
				text += managed[p.ARN]
			}
			out[r.Name] = text
		}
		return out
	}
	var out []string
	for i := range is {
		a, b := texts(was[i]), texts(is[i])
		both := maps.Clone(a)
		maps.Copy(both, b)
		for name := range both {
			switch before, had := a[name]; {
			case !had:
				out = append(out, line(is[i].ID, name, "came"))
			case b[name] == "":
				out = append(out, line(is[i].ID, name, "went"))
			case before != b[name]:
				out = append(out, line(is[i].ID, name, "changed"))
			}
		}
	}
	return out
}

func unused(accounts []*inventory.Account) []string {
	var out []string
	limit := today.AddDate(0, 0, -90)
	for _, a := range accounts {
		for i := range a.Roles {
			r := &a.Roles[i]
			if !r.ServiceLinked() && r.LastUsed.At.Before(limit) && r.Created.Before(limit) {
				out = append(out, line(a.ID, r.Name))
			}
		}
	}
	return out
}

func newFindings(was, is []*inventory.Account) []string {
	found := func(day time.Time, list []*inventory.Account) []audit.Finding {
		var accounts []*account.Account
		for i, a := range list {
			accounts = append(accounts, account.New(a, fmt.Sprintf("account-%d", i)))
		}
		return audit.Run(accounts, audit.Options{Rules: audit.Rules(), Config: &config.Config{}, Day: day})
	}
	known := map[string]bool{}
	for _, f := range found(before, was) {
		known[f.Account.ID+f.Fingerprint] = true
	}
	var out []string
	for _, f := range found(today, is) {
		if !known[f.Account.ID+f.Fingerprint] && f.Severity != "none" {
			out = append(out, line(f.Account.ID, f.Severity, f.Rule.ID, f.Entity.Name))
		}
	}
	return out
}

// drifted counts the outliers of a day by severity.
func drifted(d *day) []string {
	roles, of := map[string]int{}, map[string]map[int]bool{}
	for _, r := range d.matrix.Roles {
		for _, f := range r.Forms[1:] {
			level := string(f.Difference.Severity)
			roles[level] += len(f.Accounts)
			if of[level] == nil {
				of[level] = map[int]bool{}
			}
			for _, a := range f.Accounts {
				of[level][a] = true
			}
		}
	}
	var out []string
	for level, n := range roles {
		out = append(out, line(d.Format(time.DateOnly), level, n, len(of[level])))
	}
	return out
}

// shared are the digests of documents that several accounts have.
func shared(accounts []*inventory.Account) []string {
	of := map[string]int{}
	for _, a := range accounts {
		for d := range lake.DocumentsOf(a, "") {
			of[d.SHA256]++
		}
	}
	var out []string
	for sha, n := range of {
		if n > 1 {
			out = append(out, line(sha, n))
		}
	}
	return out
}

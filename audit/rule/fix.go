package rule

import "strings"

// Command returns a command of the AWS CLI for a POSIX shell: an operation such as "iam
// detach-user-policy", then options and their values in turn. Names are hostile text:
// what is more than a name is quoted, and none can be taken for an option.
func Command(operation string, options ...string) string {
	var b strings.Builder
	b.WriteString("aws " + operation)
	for i := 0; i+1 < len(options); i += 2 {
		sep := " "
		if strings.HasPrefix(options[i+1], "-") {
			sep = "="
		}
		b.WriteString(" --" + options[i] + sep + quoted(options[i+1]))
	}
	return b.String()
}

// Commands returns commands, one a line.
func Commands(list ...string) string { return strings.Join(list, "\n") }

// Placeholder returns a word that stands for a choice that a person makes, of a group,
// say. It names no entity: names have no angle brackets.
func Placeholder(what string) string { return "<" + what + ">" }

// plain are the characters, besides letters and digits, that mean nothing to a shell.
const plain = "-_./:=,@%+"

func quoted(w string) string {
	ok := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(plain, r)
	}
	if w != "" && strings.IndexFunc(w, func(r rune) bool { return !ok(r) }) < 0 {
		return w
	}
	return "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
}

// Trust sets the fix of a finding about a role's trust policy: the command that puts a
// document in its place, or one with a placeholder if it is "".
func (f *Finding) Trust(document string) {
	if f.Choice = document == ""; f.Choice {
		document = "file://" + Placeholder("TRUST_POLICY") + ".json"
	}
	f.Fix = Command("iam update-assume-role-policy", "role-name", f.Entity.Name, "policy-document", document)
}

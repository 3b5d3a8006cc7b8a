package extract

import (
	"regexp"
	"strings"

	"iamctl/policy"
)

// The prefixes of the sources of many accounts.
const (
	organizationPrefix = "org:"
	accountsPrefix     = "accounts:"
)

// unitID is what the id of an organisational unit looks like (AWS Organizations API
// Reference, OrganizationalUnit).
var unitID = regexp.MustCompile(`^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$`)

// parseOrganization reads PROFILE, PROFILE/ou-ID or PROFILE/ACCOUNT. Without PROFILE it is
// what the SDK's default chain finds. A profile may have a slash in its name: only what
// looks like an id behind the last slash is one. A slash at the end says that all before it
// is the name.
func parseOrganization(source, rest string) (Spec, error) {
	s := Spec{Kind: Organization, Name: rest}
	i := strings.LastIndexByte(rest, '/')
	if i < 0 {
		return s, nil
	}
	switch last := rest[i+1:]; {
	case last == "":
		s.Name = rest[:i]
	case unitID.MatchString(last):
		s.Name, s.Unit = rest[:i], last
	case policy.IsAccountID(last):
		s.Name, s.Account = rest[:i], last
	case strings.HasPrefix(last, "ou-"):
		return Spec{}, specError(source, "ends in what is no id of an organisational unit", "write org:PROFILE/ou-abcd-12345678, or a / at the end for a profile of that name")
	}
	return s, nil
}

func organizationText(s Spec) string {
	text := organizationPrefix + s.Name
	switch {
	case s.Unit != "":
		return text + "/" + s.Unit
	case s.Account != "":
		return text + "/" + s.Account
	case strings.Contains(s.Name, "/"):
		if again, err := ParseSpec(text); err != nil || again != s {
			return text + "/"
		}
	}
	return text
}

// parseAccounts reads FILE.csv or FILE.csv/ACCOUNT.
func parseAccounts(source, rest string) (Spec, error) {
	s := Spec{Kind: Accounts, Name: rest}
	if i := strings.LastIndexByte(rest, '/'); i >= 0 && policy.IsAccountID(rest[i+1:]) {
		s.Name, s.Account = rest[:i], rest[i+1:]
	}
	if !strings.HasSuffix(strings.ToLower(s.Name), ".csv") {
		return Spec{}, specError(source, "names no .csv file", "write accounts:FILE.csv, a file with the columns id,name,role_arn,profile,tags")
	}
	return s, nil
}

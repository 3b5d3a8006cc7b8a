package policy

import "strings"

// ARN is the parts of an Amazon Resource Name, or of a pattern of one. The
// resource is all that follows the fifth colon, further colons included.
type ARN struct{ Partition, Service, Region, Account, Resource string }

// ParseARN splits s at its first five colons. It is false for anything that
// does not begin with "arn:" or has fewer colons, such as "*" or
// "arn:aws:rds:*". (IAM User Guide, "Amazon Resource Names (ARNs)".)
func ParseARN(s string) (ARN, bool) {
	rest, ok := strings.CutPrefix(s, "arn:")
	if !ok {
		return ARN{}, false
	}
	var parts [4]string
	for i := range parts {
		if parts[i], rest, ok = strings.Cut(rest, ":"); !ok {
			return ARN{}, false
		}
	}
	return ARN{parts[0], parts[1], parts[2], parts[3], rest}, true
}

// String returns the ARN as text: that which ParseARN was given.
func (a ARN) String() string {
	return "arn:" + a.Partition + ":" + a.Service + ":" + a.Region + ":" + a.Account + ":" + a.Resource
}

// SplitAction splits an action or a pattern of actions at its first colon.
// The bare "*", which is every action, becomes "*" and "*". Without a colon it
// is "", the pattern and false.
func SplitAction(pattern string) (service, name string, ok bool) {
	if pattern == "*" {
		return "*", "*", true
	}
	if service, name, ok = strings.Cut(pattern, ":"); ok {
		return service, name, true
	}
	return "", pattern, false
}

// IsAccountID reports whether a text is the id of an account: twelve digits (AWS Account
// Management Guide, "View AWS account identifiers").
func IsAccountID(s string) bool {
	return len(s) == 12 && isDigits(s)
}

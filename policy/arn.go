package policy

// ARN is an ARN's parts.
type ARN struct{ Partition, Service, Region, Account, Resource string }

// ParseARN splits at the first five colons.
func ParseARN(s string) (ARN, bool) { panic("not yet") }

// SplitAction splits an action pattern.
func SplitAction(pattern string) (service, name string, ok bool) { panic("not yet") }

package fakeiam

import (
	"time"

	"iamctl/inventory"
)

// Options change how the account is served.
type Options struct {
	// PageSize caps the items of a page whatever MaxItems asks for, as AWS
	// may; 0 for no cap beyond MaxItems (100 unless asked, at most 1000).
	PageSize int
	// EmptyPages puts an empty page that says IsTruncated before every page.
	EmptyPages bool
	// OmitPolicy leaves a managed policy out of
	// GetAccountAuthorizationDetails, nil for none.
	OmitPolicy func(arn string) bool
	// OmitDocument leaves the default version's document of a managed policy
	// out of GetAccountAuthorizationDetails, nil for none.
	OmitDocument func(arn string) bool
	// Unattached are managed policies that GetAccountAuthorizationDetails
	// lists although nothing refers to them.
	Unattached []inventory.Policy
	// OldVersions is how many versions besides the default one every managed
	// policy has of which Others is nil. Their documents are Decoy, and the default is not the last.
	OldVersions int
	// View picks the account that a call sees, for changes during a scan;
	// nil for always the one given to New.
	View func(Call) *inventory.Account
	// Encode encodes documents, nil for RFC 3986 as AWS does.
	Encode func(inventory.Document) string
	// Faults are asked in order; the first that wants to fails the call.
	Faults []Fault
	// Latency delays every answer.
	Latency time.Duration
}

package inventory

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MaxOthers is how many versions a policy may have besides that in force (IAM User
// Guide, "IAM and AWS STS quotas": five in all).
const MaxOthers = 4

// PolicyVersion is a version of a managed policy that is not in force: who may call
// iam:SetDefaultPolicyVersion can put it in force.
type PolicyVersion struct {
	// ID is such as "v2".
	ID      string
	Created time.Time
	// Document is "" where it could not be read.
	Document Document
}

// versionID is what the id of a version looks like (IAM API Reference, "PolicyVersion").
var versionID = regexp.MustCompile(`^v[1-9][0-9]{0,9}(\.[A-Za-z0-9-]{0,64})?$`)

// CheckVersions returns an error if a policy whose version in force is of that id
// cannot have these others.
func CheckVersions(inForce string, others []PolicyVersion) error {
	seen := map[string]bool{strings.ToLower(inForce): true}
	for _, v := range others {
		switch {
		case !versionID.MatchString(v.ID):
			return fmt.Errorf("%q is no id of a version, such as v2", v.ID)
		case seen[strings.ToLower(v.ID)]:
			return fmt.Errorf("there are two versions %q", v.ID)
		}
		seen[strings.ToLower(v.ID)] = true
	}
	if len(others) > MaxOthers {
		return fmt.Errorf("there are more versions than the %d that IAM keeps of a policy", MaxOthers+1)
	}
	return nil
}

// sortVersions orders versions as they were made: v9 before v10.
func sortVersions(versions []PolicyVersion) {
	number := func(id string) int {
		n, err := strconv.Atoi(strings.TrimPrefix(id, "v"))
		if err != nil {
			return -1
		}
		return n
	}
	slices.SortStableFunc(versions, func(x, y PolicyVersion) int {
		return cmp.Or(cmp.Compare(number(x.ID), number(y.ID)), cmp.Compare(x.ID, y.ID))
	})
}

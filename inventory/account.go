// Package inventory holds an AWS account's IAM entities as plain data, as
// they were read and before anything is compared. It reads nothing itself.
//
// Fields that a source could not read are nil pointers, never zero values:
// a session length that was not read is not a session length of zero. The zero
// time is no time that IAM has, and stands for one that is not known. Times are in
// UTC and whole seconds.
package inventory

import (
	"slices"
	"strings"
	"time"
)

// Account is one AWS account as a source read it.
//
// Roles, Policies, Users and Groups are sorted by name (policies by ARN) in
// byte order, in which Sort puts them.
type Account struct {
	// ID is the account's twelve digits, "" where the source does not say.
	ID string
	// Partition is the ARN partition: aws, aws-cn, aws-us-gov, ...
	Partition string
	// Alias is the account alias, "" where there is none or it is not known.
	Alias string
	// Caller is the ARN by which AWS knows whoever read the account (STS API
	// Reference, GetCallerIdentity), "" if no call was made. It is no part of
	// what the account is: a snapshot does not keep it.
	Caller string
	// Commit is the full hash of the commit that the account was read at, "" for a
	// source that is no git revision. It is no part of what the account is either.
	Commit string
	// LastUsedDay is the day on which the source was asked for the LastUsed of its
	// roles, the zero time where it does not say.
	LastUsedDay time.Time

	Roles []Role
	// Chosen says that the account has other roles, which are not asked about.
	Chosen   bool
	Policies []Policy
	Users    []User
	Groups   []Group

	// Gaps is what could not be read. An account with gaps is never
	// reported as in sync.
	Gaps []Gap
	// Notes are remarks on the reading that leave nothing out of the
	// comparison that the source could have given: a denied
	// ListAccountAliases, a fallback to slower calls, a file format
	// without descriptions.
	Notes []string
}

// KnowsLastUsed reports whether it is known of a role when it was last used.
func (a *Account) KnowsLastUsed() bool {
	return slices.ContainsFunc(a.Roles, func(r Role) bool { return r.LastUsed != nil })
}

// ForgetLastUsed makes it not known when the roles were last used.
func (a *Account) ForgetLastUsed() {
	a.LastUsedDay = time.Time{}
	for i := range a.Roles {
		a.Roles[i].LastUsed = nil
	}
}

// Document is a policy document: the JSON text as AWS holds it, after
// percent-decoding and before any parsing.
type Document string

// Role is an IAM role with everything that is attached to it.
type Role struct {
	Name string
	// ID is the unique id (AROA...), "" where not known.
	ID  string
	ARN string
	// Path begins and ends with a slash.
	Path string
	// Description and MaxSessionDuration (seconds) are nil where the source
	// does not carry them: GetAccountAuthorizationDetails does not.
	Description        *string
	MaxSessionDuration *int32
	Trust              Document
	Inline             []InlinePolicy
	Attached           []PolicyRef
	Boundary           *PolicyRef
	Tags               []Tag
	// File is where a source of files has the role: its path within a snapshot folder,
	// with slashes, or the path of a file that has the account. It is no part of what
	// the role is, nor is that of a policy.
	File string
	// InstanceProfiles are those that the role is in, without which EC2 cannot use
	// it (IAM User Guide, "Using instance profiles"). Nil is that the source does
	// not carry them; an empty list is that there are none.
	InstanceProfiles []InstanceProfile
	// Created is when the role was made. Like that of other entities it is nothing
	// that two accounts have in common, and not compared.
	Created time.Time
	// LastUsed is nil where the source does not carry it.
	LastUsed *LastUse
}

// LastUse is the last use of a role that AWS knows of (IAM API Reference,
// "RoleLastUsed").
type LastUse struct {
	// At is the zero time if there was none in the 400 days, or fewer, that AWS
	// keeps track of.
	At     time.Time
	Region string
}

// ServiceLinked reports whether AWS owns the role: its path begins with
// /aws-service-role/ (IAM User Guide, "Service-linked roles").
func (r *Role) ServiceLinked() bool {
	return strings.HasPrefix(r.Path, "/aws-service-role/")
}

// InlinePolicy is a policy embedded in a role, user or group.
type InlinePolicy struct {
	Name     string
	Document Document
}

// PolicyRef names a managed policy.
type PolicyRef struct {
	Name string
	ARN  string
}

// Policy is a managed policy, AWS's or the customer's, with its default version.
type Policy struct {
	Name string
	ARN  string
	// ID is the unique id (ANPA...), "" where not known.
	ID   string
	Path string
	// Description is nil where not known.
	Description *string
	// DefaultVersion is the id of the version in force, such as "v3".
	DefaultVersion string
	Document       Document
	Tags           []Tag
	// File is where a source of files has the policy, as Role.File.
	File    string
	Created time.Time
	// Others are the versions that are not in force, by number. Nil is that the
	// source does not carry them, as none does of AWS's own policies; an empty list
	// is that there are none. They are not compared.
	Others []PolicyVersion
}

// User is an IAM user.
type User struct {
	Name     string
	ID       string
	ARN      string
	Path     string
	Inline   []InlinePolicy
	Attached []PolicyRef
	Boundary *PolicyRef
	Groups   []string
	Tags     []Tag
	Created  time.Time
}

// Group is an IAM group.
type Group struct {
	Name     string
	ID       string
	ARN      string
	Path     string
	Inline   []InlinePolicy
	Attached []PolicyRef
	Created  time.Time
}

// InstanceProfile is the container that passes a role to an EC2 instance.
type InstanceProfile struct {
	Name string
	ARN  string
	Path string
}

// Tag is a key and a value. Keys are compared as written.
type Tag struct {
	Key   string
	Value string
}

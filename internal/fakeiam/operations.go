package fakeiam

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"net/url"
	"strconv"
	"strings"

	"iamctl/inventory"
)

// operation is one action of the API.
type operation struct {
	version   string
	namespace string
	run       func(*query) *apiError
}

func ofIAM(run func(*query) *apiError) operation {
	return operation{iamVersion, iamNamespace, run}
}

func ofSTS(run func(*query) *apiError) operation {
	return operation{stsVersion, stsNamespace, run}
}

var operations = map[string]operation{
	"AssumeRole":        ofSTS((*query).assumeRole),
	"GetCallerIdentity": ofSTS((*query).getCallerIdentity),

	"GetAccountAuthorizationDetails": ofIAM((*query).getAccountAuthorizationDetails),
	"ListAccountAliases":             ofIAM((*query).listAccountAliases),

	"GetRole":                     ofIAM((*query).getRole),
	"ListRoles":                   ofIAM((*query).listRoles),
	"ListRoleTags":                ofIAM((*query).listRoleTags),
	"ListRolePolicies":            ofIAM((*query).listRolePolicies),
	"GetRolePolicy":               ofIAM((*query).getRolePolicy),
	"ListAttachedRolePolicies":    ofIAM((*query).listAttachedRolePolicies),
	"ListInstanceProfiles":        ofIAM((*query).listInstanceProfiles),
	"ListInstanceProfilesForRole": ofIAM((*query).listInstanceProfilesForRole),

	"GetUser":                  ofIAM((*query).getUser),
	"ListUsers":                ofIAM((*query).listUsers),
	"ListUserTags":             ofIAM((*query).listUserTags),
	"ListUserPolicies":         ofIAM((*query).listUserPolicies),
	"GetUserPolicy":            ofIAM((*query).getUserPolicy),
	"ListAttachedUserPolicies": ofIAM((*query).listAttachedUserPolicies),
	"ListGroupsForUser":        ofIAM((*query).listGroupsForUser),

	"ListGroups":                ofIAM((*query).listGroups),
	"ListGroupPolicies":         ofIAM((*query).listGroupPolicies),
	"GetGroupPolicy":            ofIAM((*query).getGroupPolicy),
	"ListAttachedGroupPolicies": ofIAM((*query).listAttachedGroupPolicies),

	"GetPolicy":          ofIAM((*query).getPolicy),
	"GetPolicyVersion":   ofIAM((*query).getPolicyVersion),
	"ListPolicies":       ofIAM((*query).listPolicies),
	"ListPolicyVersions": ofIAM((*query).listPolicyVersions),
}

// query is one call under way.
type query struct {
	server  *Server
	account *inventory.Account
	form    url.Values
	out     *writer
}

func (q *query) encode(d inventory.Document) string { return q.server.options.Encode(d) }

// paged writes IsTruncated, Marker and the items of the page that the call
// asks for. The markers are opaque to clients: base64 of the next offset.
func paged[T any](q *query, items []T, write func([]T)) *apiError {
	from, empty, err := q.marker(len(items))
	if err != nil {
		return err
	}
	size, err := q.pageSize()
	if err != nil {
		return err
	}
	to := min(from+size, len(items))
	if empty {
		to = from
	}
	truncated := to < len(items) || empty
	q.out.text("IsTruncated", strconv.FormatBool(truncated))
	if truncated {
		q.out.text("Marker", q.nextMarker(to, empty))
	}
	write(items[from:to])
	return nil
}

// marker reads where the page begins, and whether it is to be an empty one.
func (q *query) marker(length int) (from int, empty bool, err *apiError) {
	text := q.form.Get("Marker")
	if text == "" {
		return 0, q.server.options.EmptyPages, nil
	}
	raw, decodeErr := base64.StdEncoding.DecodeString(text)
	var kind string
	if _, scanErr := fmt.Sscanf(string(raw), "%d %s", &from, &kind); decodeErr != nil || scanErr != nil || from > length {
		return 0, false, invalid("Invalid Marker.")
	}
	return from, kind == "empty", nil
}

func (q *query) nextMarker(next int, empty bool) string {
	kind := "full"
	if q.server.options.EmptyPages && !empty {
		kind = "empty"
	}
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", next, kind))
}

func (q *query) pageSize() (int, *apiError) {
	size := 100
	if text := q.form.Get("MaxItems"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1000 {
			return 0, invalid("1 validation error detected: Value '" + text + "' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and 1000")
		}
		size = n
	}
	if limit := q.server.options.PageSize; limit > 0 {
		size = min(size, limit)
	}
	return size, nil
}

// members reads a list parameter: Filter.member.1, Filter.member.2, ...
func (q *query) members(name string) []string {
	var values []string
	for i := 1; ; i++ {
		v, ok := q.form[fmt.Sprintf("%s.member.%d", name, i)]
		if !ok {
			return values
		}
		values = append(values, v...)
	}
}

// ID returns the unique id that an entity without one is served with.
func ID(prefix, arn string) string {
	h := fnv.New64a()
	h.Write([]byte(arn))
	return prefix + strings.ToUpper(strconv.FormatUint(h.Sum64()|1<<62, 36)) + "AAAA"
}

func id(own, prefix, arn string) string {
	if own != "" {
		return own
	}
	return ID(prefix, arn)
}

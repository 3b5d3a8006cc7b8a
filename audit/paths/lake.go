package paths

import (
	"strings"

	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/policy"
)

// Query is a query for CloudTrail Lake.
type Query struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	// SQL is the query. The id of the event data store is a placeholder in it.
	SQL string `json:"sql"`
}

const (
	selected = "SELECT eventTime, recipientAccountId, eventName, userIdentity.arn, "
	// caller is a role's ARN for a session, which has no path in its own.
	caller = "COALESCE(userIdentity.sessionContext.sessionIssuer.arn, userIdentity.arn)"
	roleAt = "element_at(requestParameters, 'roleArn')"
	nameAt = "LOWER(element_at(requestParameters, 'roleName'))"
	pathAt = "COALESCE(element_at(requestParameters, 'path'), '/')"
)

// Queries returns the queries that detect what was done against conventions: roles made on
// another path than their name's, and roles of a path that principals of another assumed.
// There is none without conventions, and the second only where one has a path.
func Queries(conventions []config.PathConvention) []Query {
	out := []Query{}
	if len(conventions) > 0 {
		out = append(out, Query{
			"roles-off-path", "roles made on another path than their convention's",
			query(nameAt+" AS role, "+pathAt+" AS path", "iam", "CreateRole", made(conventions)),
		})
	}
	if assumed := assumed(conventions); assumed != nil {
		out = append(out, Query{
			"assumed-across-paths", "roles of a path that principals of another assumed",
			query(roleAt+" AS role", "sts", "AssumeRole", assumed),
		})
	}
	return out
}

func query(columns, service, event string, any []string) string {
	return selected + columns + " FROM " + rule.Placeholder("EVENT_DATA_STORE") + " WHERE errorCode IS NULL AND eventSource = '" + service +
		".amazonaws.com' AND eventName = '" + event + "' AND (" + strings.Join(any, " OR ") + ") ORDER BY eventTime DESC"
}

// made returns a condition for each convention on roles that are made on another path. A
// role's convention is the first that its name matches.
func made(conventions []config.PathConvention) []string {
	var out []string
	earlier := ""
	for _, c := range conventions {
		name := nameAt + like(pattern(policy.Fold(c.Name)))
		right := pathAt + like(text(c.Path)+"%")
		if c.Path == "/" {
			right = pathAt + " = '/'"
		}
		out = append(out, "("+earlier+name+" AND NOT "+right+")")
		earlier += "NOT " + name + " AND "
	}
	return out
}

// assumed returns a condition for each path on principals that are not on it.
func assumed(conventions []config.PathConvention) []string {
	var out []string
	for _, path := range pathsOf(conventions) {
		roles := like("arn:%:iam::%:role" + text(path) + "%")
		out = append(out, "("+roleAt+roles+" AND NOT "+caller+roles+")")
	}
	return out
}

func like(of string) string { return " LIKE '" + of + "' ESCAPE '!'" }

// pattern returns a pattern of names as LIKE has it, and text a text.
func pattern(of string) string { return strings.NewReplacer("*", "%", "?", "_").Replace(text(of)) }

func text(of string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_", "'", "''").Replace(of)
}

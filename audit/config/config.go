// Package config is the configuration of an audit: what an account's owner knows and its
// documents do not say.
package config

import "iamctl/verdict/severity"

// Config is a configuration. The zero value knows nothing.
type Config struct {
	// FriendlyAccounts are the ids of accounts that belong to the owner.
	FriendlyAccounts []string `json:"friendly_accounts,omitempty"`
	// OrganizationID is the owner's organisation: o-....
	OrganizationID string `json:"organization_id,omitempty"`
	// PathConventions say on which path roles stand.
	PathConventions []PathConvention `json:"path_conventions,omitempty"`
	// Severities are those of rules, by id, in place of their own.
	Severities map[string]severity.Level `json:"severities,omitempty"`
}

// PathConvention is a path for the roles with names of a pattern.
type PathConvention struct {
	// Name is a pattern of role names.
	Name string `json:"name"`
	// Path begins and ends with a slash.
	Path string `json:"path"`
	// Boundary is the ARN of the boundary that such roles have, "" if any will do.
	Boundary string `json:"boundary,omitempty"`
}

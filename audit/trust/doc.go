// Package trust has the rules about trust policies: who gets in that should not.
package trust

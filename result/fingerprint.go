package result

import (
	"crypto/sha256"
	"encoding/hex"

	"iamctl/diff"
	"iamctl/internal/digest"
	"iamctl/internal/itemtext"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy"
)

// A fingerprint names one drift: 16 bytes in hex of a SHA-256 over the
// normalised content and the tags of the account that has it and of the one
// that does not. It stays when a statement moves within its document and when
// the accounts change sides. It changes with any part of the content but the
// letter case of role names, services and actions.
//
// The digest of an item is made of digests of its parts (digest(head),
// digest(effect), digest(action) and so on): millions of items have few distinct
// parts, and each of them is digested once.

// appendFingerprint appends the fingerprint of what the digests are of.
func appendFingerprint(dst, digests []byte) []byte {
	sum := sha256.Sum256(digests)
	return hex.AppendEncode(dst, sum[:digest.Length])
}

// itemDigest writes an item's columns as digests. The path is no part of
// them: a path that differs is a drift of its own. Nor is the note: it
// changes with the reference.
var itemDigest = itemtext.Spelling{
	Effect: func(dst []byte, s string) []byte { return digest.Append(dst, s) },
	Action: func(dst []byte, a inventory.Action) []byte {
		return digest.Append(dst, policy.Fold(a.Service), policy.Fold(a.Name))
	},
	Resource:  func(dst []byte, s string) []byte { return digest.Append(dst, s) },
	Principal: func(dst []byte, p inventory.Principal) []byte { return digest.Append(dst, p.Value, p.Type) },
	Terms: func(dst []byte, t inventory.Terms) []byte {
		return digest.Append(dst, t.Negated, t.Condition, t.Statement)
	},
}

// appendItemHead appends the digest of what items of one policy have in common:
// the account that has them, the one that does not, the role and the policy.
func appendItemHead(dst []byte, holder, other *normalize.Account, r *normalize.Role, p *normalize.Policy) []byte {
	return digest.Append(dst, "iamctl item 1", holder.Tag, other.Tag, policy.Fold(r.Key), string(p.Type), p.Name)
}

// attributeFingerprint returns the fingerprint of the drift that an attribute of
// a common role differs.
func attributeFingerprint(c *diff.Changes, p *diff.Pair, a *diff.AttributeChange) string {
	first, second := attributeDigest(c.A, p.A, a.A), attributeDigest(c.B, p.B, a.B)
	if c.B.Tag < c.A.Tag {
		first, second = second, first
	}
	key := a.Key
	if a.Kind == normalize.KindFuture {
		key = policy.Fold(key) // an action is in it
	}
	head := digest.Append(nil, "iamctl attribute 1", string(a.Kind), key)
	return string(appendFingerprint(nil, append(append(head, first...), second...)))
}

func attributeDigest(a *normalize.Account, r *normalize.Role, v diff.AttributeValue) []byte {
	return digest.Append(nil, a.Tag, policy.Fold(r.Key), yesNo(v.Has), v.Value)
}

// Fingerprint returns a fingerprint of other things than drift. The first value
// must name the kind of thing, the others the thing.
func Fingerprint(values ...string) string {
	return string(appendFingerprint(nil, digest.Append(nil, values...)))
}

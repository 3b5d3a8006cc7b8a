package policy

import "strings"

// encryptionContext begins the keys for an encryption context of AWS KMS (AWS
// KMS Developer Guide, "kms:EncryptionContext:context-key").
const encryptionContext = "kms:encryptioncontext:"

// KeyName finds the part of a condition key that somebody chose, key[from:to]:
//
//   - the key of a tag, behind the slash of aws:ResourceTag/KEY and of all keys
//     like it (IAM User Guide, "Controlling access to AWS resources using tags");
//   - the key of an encryption context, behind kms:EncryptionContext:;
//   - the issuer of web identities, before the last colon of ISSUER:sub (IAM User
//     Guide, "Available keys for AWS OIDC federation"). An issuer is a host, with
//     a dot in its name, and may have a path.
//
// It is false for all other keys. Letter case means nothing in a key.
func KeyName(key string) (from, to int, ok bool) {
	if n := len(encryptionContext); len(key) > n && CompareFold(key[:n], encryptionContext) == 0 {
		return n, len(key), true
	}
	slash := strings.IndexByte(key, '/')
	head := key
	if slash >= 0 {
		head = key[:slash]
	}
	if last := strings.LastIndexByte(key, ':'); last > 0 && strings.Contains(head[:min(last, len(head))], ".") {
		return 0, last, true
	}
	_, kind, service := strings.Cut(head, ":")
	if slash >= 0 && slash+1 < len(key) && service && strings.HasSuffix(Fold(kind), "tag") {
		return slash + 1, len(key), true
	}
	return 0, 0, false
}

package report

// Items of diff.json from Run; item_json.go writes them from Changes. A
// member without a value is left out, but for the first five.

func appendColumns(dst []byte, c *RunItemColumns) []byte {
	dst = appendMember(appendMember(dst, "policyname", c.PolicyName), "policytype", c.PolicyType)
	dst = appendMember(appendMember(appendMember(dst, "effect", c.Effect), "service", c.Service), "action", c.Action)
	dst = appendMemberIf(appendMemberIf(appendMemberIf(dst, "arn", c.ARN), "principal", c.Principal), "principaltype", c.PrincipalType)
	dst = appendMemberIf(appendMemberIf(dst, "negated", c.Negated), "condition", c.Condition)
	return appendMemberIf(appendMemberIf(dst, "statement", c.Statement), "note", c.Note)
}

func appendOriginal(dst []byte, c *RunItemColumns) []byte {
	dst = appendMemberIf(append(dst, '{'), "policyname", c.PolicyName)
	dst = appendMemberIf(appendMemberIf(dst, "arn", c.ARN), "principal", c.Principal)
	return endObject(appendMemberIf(appendMemberIf(dst, "condition", c.Condition), "statement", c.Statement))
}

func appendItem(dst []byte, it *RunItem) []byte {
	dst = appendColumns(append(dst, '{'), &it.RunItemColumns)
	dst = appendListIf(dst, "originals", it.Originals, appendOriginal)
	dst = appendListIf(dst, "names", it.Names, appendRunName)
	return endObject(appendMarkMembers(appendMember(dst, "fingerprint", it.Fingerprint), &it.RunMark))
}

func appendMasked(dst []byte, m *RunMasked) []byte {
	dst = appendColumns(append(dst, '{'), &m.RunItemColumns)
	dst = appendMember(appendMember(dst, "value", m.Value), "reason", m.Reason)
	dst = appendListIf(dst, "originals_a", m.OriginalsA, appendOriginal)
	return endObject(appendListIf(dst, "originals_b", m.OriginalsB, appendOriginal))
}

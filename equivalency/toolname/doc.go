// Package toolname knows how AWS and deployment tools name entities of IAM: which
// words of such a name are the tool's own, which parts it drew, and which names AWS
// gives as they are.
//
// A frame is a name with gaps, such as cdk-QUALIFIER-deploy-role-ACCOUNT-REGION. Its
// words say nothing of an account, whatever a dictionary calls the account: that role is
// called so in every account. What fills a gap is somebody's: the account's id, a region,
// the name of an app. Whether a part that looks drawn was drawn is for package
// pairing/randomname; where the words of a frame depend on that, they are not listed
// here as they are (Words), and only with what was drawn.
//
// In a policy such a name may be a pattern: a gap may then be a wildcard or a variable,
// alone or with what is around it.
//
// The package is pure, and imports nothing of iamctl.
package toolname

using Noroshi.MailAnatomy.Findings;

namespace Noroshi.MailAnatomy.Containers.Lzh;

internal static class BoundedFindings
{
    /// <summary>Adds a finding unless the list is as long as any reader will look at: damage at every byte must not cost memory.</summary>
    public static void AddBounded(this List<Finding> findings, Finding finding)
    {
        if (findings.Count < MailLimits.Findings)
        {
            findings.Add(finding);
        }
    }
}

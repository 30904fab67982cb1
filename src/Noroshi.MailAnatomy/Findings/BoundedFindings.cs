namespace Noroshi.MailAnatomy.Findings;

/// <summary>Keeps lists of findings within <see cref="MailLimits.Findings"/>, so that hostile bytes cannot buy memory with them.</summary>
internal static class BoundedFindings
{
    /// <summary>Adds a finding unless the list is as long as any reader will look at.</summary>
    public static void AddBounded(this List<Finding> findings, Finding finding)
    {
        if (findings.Count < MailLimits.Findings)
        {
            findings.Add(finding);
        }
    }
}

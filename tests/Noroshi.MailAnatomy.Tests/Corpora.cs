using Xunit;

namespace Noroshi.MailAnatomy.Tests;

/// <summary>Third-party mails and archives outside the repository; tests over them are skipped where they are absent.</summary>
internal static class Corpora
{
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable("NOROSHI_CORPORA");
        if (string.IsNullOrEmpty(root))
        {
            Assert.Skip("NOROSHI_CORPORA is not set, so tests over the shared corpora do not run.");
        }

        return Path.Combine(root, name);
    }
}

using Xunit;

namespace Noroshi.MailAnatomy.Tests;

/// <summary>Third-party test files that stand beside the repository, named by the environment.</summary>
internal static class Corpora
{
    /// <summary>A folder of the corpora; skips the test when there are none.</summary>
    public static string Folder(string name)
    {
        var root = Environment.GetEnvironmentVariable("NOROSHI_CORPORA");
        if (string.IsNullOrEmpty(root))
        {
            Assert.Skip("NOROSHI_CORPORA is not set; the test needs the shared corpora.");
        }

        return Path.Combine(root, name);
    }
}

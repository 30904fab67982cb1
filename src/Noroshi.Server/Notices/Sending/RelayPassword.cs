using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Notices.Sending;

/// <summary>The relay's password: a sealed secret that is set and removed, and read by nobody but <see cref="SmtpRelay"/>.</summary>
internal sealed class RelayPassword(IHubStore store)
{
    private const int Longest = 1_000;

    /// <summary>Sets it over the earlier one.</summary>
    /// <exception cref="ProblemException">It cannot be one.</exception>
    public async Task SetAsync(string password, string by)
    {
        if (password.Length is 0 or > Longest || password.Any(char.IsControl))
        {
            throw ProblemException.Invalid(
                $"password: 制御文字を含まない1文字から{Longest}文字までです",
                $"password: 1 to {Longest} characters, no control characters"
            );
        }

        // The journal first: no change without its record.
        await store.Journal.AppendAsync(Record(by, "set"));
        await store.Keys.PutAsync(NoticeOptions.SecretArea, NoticeOptions.SecretName, Encoding.UTF8.GetBytes(password));
    }

    /// <summary>Removes it.</summary>
    public async Task RemoveAsync(string by)
    {
        await store.Journal.AppendAsync(Record(by, "removed"));
        await store.Keys.RemoveAsync(NoticeOptions.SecretArea, NoticeOptions.SecretName);
    }

    private static JournalRecord Record(string by, string what) => new(by, JournalActions.SecretChanged, "hub", $"relay password {what}");
}

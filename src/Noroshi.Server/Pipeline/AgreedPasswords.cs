using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Pipeline;

/// <summary>
/// Passwords that hub and member agreed on for what the member hands in (key store, area <see cref="Area"/>, name: the organisation's id; one a
/// line). They say nothing of an attacker: what they opened does not name them.
/// </summary>
internal sealed class AgreedPasswords(IHubStore store)
{
    /// <summary>Area of the key store.</summary>
    public const string Area = "agreed-password";

    /// <summary>Most passwords of one organisation: the one that counts, and those before it.</summary>
    public const int Most = 10;

    private const int Longest = 128;
    private const string Where = "agreed";

    /// <summary>Sets the passwords of an organisation over those before; from the next mail on they are tried.</summary>
    /// <exception cref="ProblemException">They cannot be passwords.</exception>
    public async Task SetAsync(string organization, IReadOnlyList<string> passwords, string by)
    {
        if (
            passwords.Count is 0 or > Most
            || passwords.Any(one => one.Trim().Length == 0 || one.Trim() != one || one.Length > Longest || one.Any(char.IsControl))
        )
        {
            throw ProblemException.Invalid(
                $"passwords: 1個から{Most}個まで、1個は前後に空白のない1文字から{Longest}文字までです",
                $"passwords: 1 to {Most}, each of 1 to {Longest} characters without blanks around it"
            );
        }

        // The journal first: no change without its record.
        await store.Journal.AppendAsync(Record(organization, by, "set"));
        await store.Keys.PutAsync(Area, organization, Encoding.UTF8.GetBytes(string.Join('\n', passwords)));
    }

    /// <summary>Removes the passwords of an organisation.</summary>
    public async Task RemoveAsync(string organization, string by)
    {
        await store.Journal.AppendAsync(Record(organization, by, "removed"));
        await store.Keys.RemoveAsync(Area, organization);
    }

    private static JournalRecord Record(string organization, string by, string what) =>
        new(by, JournalActions.SecretChanged, organization, $"zip-passwords {what}");

    /// <summary>The agreed passwords of an organisation as candidates.</summary>
    public async Task<IReadOnlyList<PasswordCandidate>> OfAsync(string? organization, CancellationToken cancellation)
    {
        if (organization is null || await store.Keys.FindAsync(Area, organization, cancellation) is not { } text)
        {
            return [];
        }

        return
        [
            .. Encoding
                .UTF8.GetString(text)
                .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(value => new PasswordCandidate(value, "given", Where)),
        ];
    }

    /// <summary>The mail without agreed passwords in it.</summary>
    public static ProvidedMail Without(ProvidedMail mail) =>
        mail.AllFiles().Any(file => IsAgreed(file.Password))
            ? mail with
            {
                Facts = mail.Facts with { Attachments = [.. mail.Facts.Attachments.Select(Without)] },
            }
            : mail;

    private static FileFacts Without(FileFacts file) =>
        file with
        {
            Password = IsAgreed(file.Password) ? new PasswordCandidate("", "given", Where) : file.Password,
            Children = [.. file.Children.Select(Without)],
            Mail = file.Mail is { } mail ? mail with { Attachments = [.. mail.Attachments.Select(Without)] } : null,
        };

    private static bool IsAgreed(PasswordCandidate? password) => password is { Source: "given", Where: Where };
}

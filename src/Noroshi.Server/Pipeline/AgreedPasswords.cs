using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Passwords;

namespace Noroshi.Server.Pipeline;

/// <summary>
/// Passwords that hub and member agreed on for what the member hands in (key store, area <see cref="Area"/>, name: the organisation's id; one a
/// line). They say nothing of an attacker: what they opened does not name them.
/// </summary>
internal sealed class AgreedPasswords(IKeyStore keys)
{
    /// <summary>Area of the key store.</summary>
    public const string Area = "agreed-password";

    private const string Where = "agreed";

    /// <summary>The agreed passwords of an organisation as candidates.</summary>
    public async Task<IReadOnlyList<PasswordCandidate>> OfAsync(string? organization, CancellationToken cancellation)
    {
        if (organization is null || await keys.FindAsync(Area, organization, cancellation) is not { } text)
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

namespace Noroshi.MailAnatomy.Wire;

/// <summary>
/// The facts of one member of an input as far as they are known. A later frame of the same member replaces the earlier one, so that a
/// worker that is killed while it opens archives loses only what came after its last frame.
/// </summary>
/// <param name="Member">
/// Path of the member within the input; empty for the input itself. An archive of mails gives one for each member, and for itself.
/// </param>
/// <param name="Stage">Grows with each frame of the member, up to <see cref="Complete"/>.</param>
/// <param name="Mail">The mail, when the member is one.</param>
/// <param name="File">The file, when the member is one.</param>
public sealed record AnatomyFrame(string Member, int Stage, MailFacts? Mail, FileFacts? File)
{
    /// <summary>The last stage: nothing more is known of the member.</summary>
    public const int Complete = 3;
}

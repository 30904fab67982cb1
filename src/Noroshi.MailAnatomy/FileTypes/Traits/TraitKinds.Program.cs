namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Programs.</summary>
    public static class Program
    {
        /// <summary>Processor.</summary>
        public static readonly TraitKind Machine = new("machine", TraitWeight.Descriptive, "対象CPU", "Processor");

        /// <summary>Stamp of the linker, RFC 3339 in UTC.</summary>
        public static readonly TraitKind CompiledAt = new("compiledAt", TraitWeight.Personal, "コンパイル日時", "Compiled at");

        /// <summary>A library, not a program of its own.</summary>
        public static readonly TraitKind IsDll = new("isDll", TraitWeight.Descriptive, "DLLか", "Is a DLL");

        /// <summary>Window, console, driver.</summary>
        public static readonly TraitKind Subsystem = new("subsystem", TraitWeight.Descriptive, "サブシステム", "Subsystem");
    }
}

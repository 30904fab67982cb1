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

        /// <summary>MD5 over imported libraries and functions, as the field computes it. Alike for all programs of one packer or of .NET.</summary>
        public static readonly TraitKind ImpHash = new(
            "impHash",
            TraitWeight.Personal,
            "インポートハッシュ(imphash)",
            "Import hash (imphash)"
        );

        /// <summary>Libraries with the number of functions.</summary>
        public static readonly TraitKind ImportedLibraries = new(
            "importedLibraries",
            TraitWeight.Descriptive,
            "インポートするDLL",
            "Imported libraries"
        );

        /// <summary>Libraries loaded when first used.</summary>
        public static readonly TraitKind DelayedLibraries = new(
            "delayedLibraries",
            TraitWeight.Descriptive,
            "遅延読み込みするDLL",
            "Delay-loaded libraries"
        );

        /// <summary>Number and first names.</summary>
        public static readonly TraitKind Exports = new("exports", TraitWeight.Descriptive, "公開する関数", "Exported functions");

        /// <summary>SHA-256 over the names of exported functions.</summary>
        public static readonly TraitKind ExportHash = new("exportHash", TraitWeight.Personal, "エクスポートハッシュ", "Export hash");

        /// <summary>MD5 of the unscrambled Rich header: tools and counts of objects.</summary>
        public static readonly TraitKind RichHash = new("richHash", TraitWeight.Personal, "Richヘッダーハッシュ", "Rich header hash");

        /// <summary>Tools as product.build x count.</summary>
        public static readonly TraitKind RichTools = new(
            "richTools",
            TraitWeight.Generic,
            "ビルドに使われたツール",
            "Build tools (Rich header)"
        );

        /// <summary>GUID and age of the symbol file.</summary>
        public static readonly TraitKind PdbId = new("pdbId", TraitWeight.Unique, "PDBのGUIDと世代", "PDB id");

        /// <summary>Version of the linker.</summary>
        public static readonly TraitKind LinkerVersion = new(
            "linkerVersion",
            TraitWeight.Generic,
            "リンカーのバージョン",
            "Linker version"
        );

        /// <summary>Version that the linker was told.</summary>
        public static readonly TraitKind ImageVersion = new("imageVersion", TraitWeight.Generic, "イメージバージョン", "Image version");

        /// <summary>Address of the first instruction, hex.</summary>
        public static readonly TraitKind EntryPoint = new("entryPoint", TraitWeight.Descriptive, "エントリポイント", "Entry point");

        /// <summary>Flags of the optional header.</summary>
        public static readonly TraitKind DllCharacteristics = new(
            "dllCharacteristics",
            TraitWeight.Descriptive,
            "保護機能のフラグ",
            "Protection flags"
        );

        /// <summary>Right or wrong; absent when the header has none.</summary>
        public static readonly TraitKind Checksum = new("peChecksum", TraitWeight.Descriptive, "PEチェックサム", "PE checksum");

        /// <summary>The stamp is a hash, not a time.</summary>
        public static readonly TraitKind Reproducible = new(
            "reproducibleBuild",
            TraitWeight.Descriptive,
            "再現可能ビルド",
            "Reproducible build"
        );

        /// <summary>Name, size in the file and entropy of each.</summary>
        public static readonly TraitKind Sections = new("sections", TraitWeight.Descriptive, "セクション", "Sections");

        /// <summary>Packer that the sections' names give away.</summary>
        public static readonly TraitKind Packer = new("packer", TraitWeight.Generic, "パッカー", "Packer");

        /// <summary>Functions that run before the entry point.</summary>
        public static readonly TraitKind TlsCallbacks = new("tlsCallbacks", TraitWeight.Descriptive, "TLSコールバック数", "TLS callbacks");

        /// <summary>Version resource: InternalName.</summary>
        public static readonly TraitKind InternalName = new("internalName", TraitWeight.Personal, "内部名", "Internal name");

        /// <summary>Version resource: ProductName.</summary>
        public static readonly TraitKind ProductName = new("productName", TraitWeight.Personal, "製品名", "Product name");

        /// <summary>Version resource: FileDescription.</summary>
        public static readonly TraitKind FileDescription = new(
            "fileDescription",
            TraitWeight.Personal,
            "ファイルの説明",
            "File description"
        );

        /// <summary>Version resource: FileVersion.</summary>
        public static readonly TraitKind FileVersion = new("fileVersion", TraitWeight.Generic, "ファイルバージョン", "File version");

        /// <summary>Version resource: ProductVersion.</summary>
        public static readonly TraitKind ProductVersion = new("productVersion", TraitWeight.Generic, "製品バージョン", "Product version");

        /// <summary>Version resource: LegalCopyright.</summary>
        public static readonly TraitKind Copyright = new("copyright", TraitWeight.Personal, "著作権表示", "Copyright");

        /// <summary>Version resource: LegalTrademarks.</summary>
        public static readonly TraitKind Trademarks = new("trademarks", TraitWeight.Personal, "商標", "Trademarks");

        /// <summary>Name in the manifest.</summary>
        public static readonly TraitKind ManifestName = new("manifestName", TraitWeight.Personal, "マニフェストの名前", "Manifest name");

        /// <summary>Privileges that the manifest asks for.</summary>
        public static readonly TraitKind ExecutionLevel = new(
            "executionLevel",
            TraitWeight.Descriptive,
            "要求する権限",
            "Requested privileges"
        );

        /// <summary>MD5 over the pictures of an icon group.</summary>
        public static readonly TraitKind IconHash = new("iconHash", TraitWeight.Personal, "アイコンのハッシュ", "Icon hash");

        /// <summary>Family of documents that the icon imitates.</summary>
        public static readonly TraitKind IconFamily = new(
            "iconFamily",
            TraitWeight.Descriptive,
            "アイコンが表す文書",
            "Document that the icon shows"
        );

        /// <summary>Whether a signature is there and whether its digest fits; nothing about trust.</summary>
        public static readonly TraitKind Signature = new("codeSignature", TraitWeight.Descriptive, "コード署名", "Code signature");

        /// <summary>Subject of the signer's certificate.</summary>
        public static readonly TraitKind Signer = new("signer", TraitWeight.Personal, "署名者", "Signer");

        /// <summary>Who issued the certificate.</summary>
        public static readonly TraitKind SignerIssuer = new(
            "signerIssuer",
            TraitWeight.Generic,
            "署名証明書の発行者",
            "Issuer of the signer's certificate"
        );

        /// <summary>Serial number of the certificate, hex.</summary>
        public static readonly TraitKind SignerSerial = new(
            "signerSerial",
            TraitWeight.Unique,
            "署名証明書のシリアル番号",
            "Serial of the signer's certificate"
        );

        /// <summary>Size, place and entropy of what stands behind the sections.</summary>
        public static readonly TraitKind Overlay = new("overlay", TraitWeight.Descriptive, "末尾の付加データ", "Data behind the program");

        /// <summary>.NET runtime that the metadata names.</summary>
        public static readonly TraitKind RuntimeVersion = new(
            "runtimeVersion",
            TraitWeight.Generic,
            "ランタイムのバージョン",
            "Runtime version"
        );

        /// <summary>Name of the .NET module.</summary>
        public static readonly TraitKind AssemblyName = new("assemblyName", TraitWeight.Personal, "アセンブリ名", "Assembly name");

        /// <summary>Id of the .NET module, made at each build.</summary>
        public static readonly TraitKind ModuleId = new("moduleVersionId", TraitWeight.Unique, "MVID", "Module version id");

        /// <summary>GUID of the .NET project, the same over all its builds.</summary>
        public static readonly TraitKind TypeLibId = new("typeLibId", TraitWeight.Unique, "TypeLib GUID", "TypeLib id");

        /// <summary>.NET framework the assembly is built for.</summary>
        public static readonly TraitKind TargetFramework = new(
            "targetFramework",
            TraitWeight.Generic,
            "対象フレームワーク",
            "Target framework"
        );

        /// <summary>Build id of an ELF program.</summary>
        public static readonly TraitKind BuildId = new("buildId", TraitWeight.Unique, "ビルドID", "Build id");

        /// <summary>Build id that the Go tools leave.</summary>
        public static readonly TraitKind GoBuildId = new("goBuildId", TraitWeight.Unique, "GoビルドID", "Go build id");

        /// <summary>Loader that an ELF program asks for.</summary>
        public static readonly TraitKind Interpreter = new("elfInterpreter", TraitWeight.Generic, "ローダー", "Loader");

        /// <summary>Compiler as the program states it.</summary>
        public static readonly TraitKind Compiler = new("compiler", TraitWeight.Generic, "コンパイラ", "Compiler");

        /// <summary>UUID of a Mach-O program.</summary>
        public static readonly TraitKind ImageId = new("imageUuid", TraitWeight.Unique, "イメージUUID", "Image UUID");

        /// <summary>Identifier in the code signature of a Mach-O program.</summary>
        public static readonly TraitKind BundleId = new(
            "bundleId",
            TraitWeight.Personal,
            "識別子(コード署名)",
            "Identifier of the code signature"
        );

        /// <summary>Team id in the code signature of a Mach-O program.</summary>
        public static readonly TraitKind TeamId = new("teamId", TraitWeight.Unique, "開発チームID", "Team id");
    }
}

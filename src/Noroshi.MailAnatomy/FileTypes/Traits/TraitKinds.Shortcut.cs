namespace Noroshi.MailAnatomy.FileTypes.Traits;

public static partial class TraitKinds
{
    /// <summary>Shortcuts of every system.</summary>
    public static class Shortcut
    {
        /// <summary>Path the shortcut leads to.</summary>
        public static readonly TraitKind TargetPath = new("targetPath", TraitWeight.Personal, "リンク先のパス", "Target path");

        /// <summary>Path of the target relative to the shortcut, when it was made.</summary>
        public static readonly TraitKind RelativePath = new("relativePath", TraitWeight.Personal, "リンク先の相対パス", "Relative path");

        /// <summary>Folder in which the target starts.</summary>
        public static readonly TraitKind WorkingDirectory = new(
            "workingDirectory",
            TraitWeight.Personal,
            "作業フォルダ",
            "Working directory"
        );

        /// <summary>File the icon is taken from, with its number.</summary>
        public static readonly TraitKind IconLocation = new("iconLocation", TraitWeight.Personal, "アイコンの場所", "Icon location");

        /// <summary>Text shown when the mouse rests on the shortcut.</summary>
        public static readonly TraitKind Description = new(
            "linkDescription",
            TraitWeight.Personal,
            "リンクの説明",
            "Description of the link"
        );

        /// <summary>Serial number of the volume the target lay on, hex.</summary>
        public static readonly TraitKind VolumeSerial = new(
            "volumeSerial",
            TraitWeight.Unique,
            "ボリュームシリアル番号",
            "Volume serial number"
        );

        /// <summary>Id under which the maker's system mounts the volume.</summary>
        public static readonly TraitKind VolumeGuid = new("volumeGuid", TraitWeight.Unique, "ボリュームGUID", "Volume GUID");

        /// <summary>Label of that volume.</summary>
        public static readonly TraitKind VolumeLabel = new("volumeLabel", TraitWeight.Personal, "ボリュームラベル", "Volume label");

        /// <summary>Kind of drive: fixed, removable, remote, …</summary>
        public static readonly TraitKind DriveType = new("driveType", TraitWeight.Descriptive, "ドライブの種類", "Drive type");

        /// <summary>Share on a network.</summary>
        public static readonly TraitKind NetworkShare = new("networkShare", TraitWeight.Personal, "ネットワーク共有", "Network share");

        /// <summary>Id of the volume (link tracking).</summary>
        public static readonly TraitKind DroidVolume = new("droidVolumeId", TraitWeight.Unique, "追跡用ボリュームID", "Tracked volume id");

        /// <summary>Id of the file (link tracking).</summary>
        public static readonly TraitKind DroidFile = new("droidFileId", TraitWeight.Unique, "追跡用ファイルID", "Tracked file id");

        /// <summary>Id of the volume on which the target was first tracked.</summary>
        public static readonly TraitKind BirthVolume = new(
            "birthDroidVolumeId",
            TraitWeight.Unique,
            "追跡開始時のボリュームID",
            "Birth volume id"
        );

        /// <summary>Id that the target was first tracked by.</summary>
        public static readonly TraitKind BirthFile = new("birthDroidFileId", TraitWeight.Unique, "追跡開始時のファイルID", "Birth file id");

        /// <summary>When the tracking id was made, out of the id itself: the start of the maker's machine, roughly; RFC 3339.</summary>
        public static readonly TraitKind DroidTime = new("droidTime", TraitWeight.Personal, "追跡IDの生成時刻", "Time of the tracking id");

        /// <summary>Creation time of the target on the maker's machine, RFC 3339.</summary>
        public static readonly TraitKind TargetCreatedAt = new(
            "targetCreatedAt",
            TraitWeight.Personal,
            "リンク先の作成日時",
            "Target created at"
        );

        /// <summary>Modification time of the target on the maker's machine, RFC 3339.</summary>
        public static readonly TraitKind TargetModifiedAt = new(
            "targetModifiedAt",
            TraitWeight.Personal,
            "リンク先の更新日時",
            "Target modified at"
        );

        /// <summary>Access time of the target on the maker's machine, RFC 3339.</summary>
        public static readonly TraitKind TargetAccessedAt = new(
            "targetAccessedAt",
            TraitWeight.Personal,
            "リンク先のアクセス日時",
            "Target accessed at"
        );

        /// <summary>Size of the target on the maker's machine, bytes.</summary>
        public static readonly TraitKind TargetSize = new("targetSize", TraitWeight.Descriptive, "リンク先のサイズ", "Target size");

        /// <summary>Entry and sequence number of the target in the file table of the maker's disk.</summary>
        public static readonly TraitKind MftReference = new(
            "mftReference",
            TraitWeight.Personal,
            "MFT参照(エントリ-シーケンス)",
            "MFT reference (entry-sequence)"
        );

        /// <summary>Known folder that the target lay in.</summary>
        public static readonly TraitKind KnownFolder = new("knownFolder", TraitWeight.Generic, "既知のフォルダ", "Known folder");

        /// <summary>Security identifier of the maker's account.</summary>
        public static readonly TraitKind OwnerSid = new("ownerSid", TraitWeight.Unique, "作成者のSID", "SID of the maker");

        /// <summary>Other text or id of the property store, as <c>FORMAT-ID/number=value</c>.</summary>
        public static readonly TraitKind Property = new("linkProperty", TraitWeight.Personal, "プロパティストアの値", "Stored property");

        /// <summary>Product code of an advertised program.</summary>
        public static readonly TraitKind MsiProduct = new("msiProductCode", TraitWeight.Generic, "MSI製品コード", "MSI product code");

        /// <summary>How the window shows.</summary>
        public static readonly TraitKind ShowCommand = new("showCommand", TraitWeight.Descriptive, "ウィンドウの表示", "Window");

        /// <summary>Key that starts the target.</summary>
        public static readonly TraitKind HotKey = new("hotKey", TraitWeight.Personal, "ショートカットキー", "Hot key");

        /// <summary>Account that a remote session starts with.</summary>
        public static readonly TraitKind RemoteUser = new("remoteUser", TraitWeight.Personal, "リモート接続のユーザー名", "Remote user");
    }
}

// What the portal says beside the texts of paragon-connect/react.
import type { FlowTexts } from "./flow";

const en: FlowTexts = {
  instruction:
    "#### Install the package first\n\nThe Salesforce package lets your users' records be read and changed. An administrator of your organization installs it:\n\n1. Open the package and sign in to the organization that you want to connect.\n2. Choose who may use it, then install.\n3. Come back here when Salesforce says that the installation is complete.",
  openPackage: "Open the package",
  copyLink: "Copy the link",
  finished: "I have installed the package",
};

const de: FlowTexts = {
  instruction:
    "#### Installieren Sie zuerst das Paket\n\nMit dem Salesforce-Paket können Datensätze gelesen und geändert werden. Eine Administratorin oder ein Administrator Ihrer Organisation installiert es:\n\n1. Öffnen Sie das Paket und melden Sie sich bei der Organisation an, die Sie verbinden möchten.\n2. Wählen Sie, wer es nutzen darf, und installieren Sie es.\n3. Kommen Sie hierher zurück, wenn Salesforce meldet, dass die Installation abgeschlossen ist.",
  openPackage: "Paket öffnen",
  copyLink: "Link kopieren",
  finished: "Ich habe das Paket installiert",
};

const es: FlowTexts = {
  instruction:
    "#### Instale primero el paquete\n\nEl paquete de Salesforce permite leer y cambiar los registros. Lo instala un administrador de su organización:\n\n1. Abra el paquete e inicie sesión en la organización que quiere conectar.\n2. Elija quién puede usarlo e instálelo.\n3. Vuelva aquí cuando Salesforce indique que la instalación ha terminado.",
  openPackage: "Abrir el paquete",
  copyLink: "Copiar el enlace",
  finished: "He instalado el paquete",
};

const fr: FlowTexts = {
  instruction:
    "#### Installez d’abord le package\n\nLe package Salesforce permet de lire et de modifier les enregistrements. Un administrateur de votre organisation l’installe :\n\n1. Ouvrez le package et connectez-vous à l’organisation à relier.\n2. Choisissez qui peut l’utiliser, puis installez-le.\n3. Revenez ici quand Salesforce annonce que l’installation est terminée.",
  openPackage: "Ouvrir le package",
  copyLink: "Copier le lien",
  finished: "J’ai installé le package",
};

const ja: FlowTexts = {
  instruction:
    "#### 先にパッケージをインストールしてください\n\nSalesforce パッケージにより、レコードの読み取りと変更ができるようになります。組織の管理者がインストールします。\n\n1. パッケージを開き、接続する組織にログインします。\n2. 利用できるユーザーを選び、インストールします。\n3. インストールの完了が表示されたら、ここに戻ってください。",
  openPackage: "パッケージを開く",
  copyLink: "リンクをコピー",
  finished: "パッケージをインストールしました",
};

const bundles: Record<string, FlowTexts> = { de, en, es, fr, ja };

export const portalTexts = (locale: string): FlowTexts => bundles[locale.toLowerCase().split("-")[0] ?? ""] ?? en;
